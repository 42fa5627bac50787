import type { Hook } from '../model/hook.ts';
import type { Settings } from '../model/settings.ts';

/** The hooks that the settings name, in their order. */
export async function knownHooks({ hookModules }: Settings): Promise<readonly Hook[]> {
  if (hookModules.length === 0) return [];
  const { loadHooks } = await import('../hooks/load-hooks.ts');
  const hooks: Hook[] = [];
  for (const { specifier, folder } of hookModules) hooks.push(...(await loadHooks(specifier, folder)));
  return hooks;
}
