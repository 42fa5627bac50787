import { builtinLinkers } from '../linkers/index.ts';
import type { Linker } from '../model/linker.ts';
import type { Settings } from '../model/settings.ts';

/** The built-in linkers, and those that the settings name. */
export async function knownLinkers({ linkerModules }: Settings): Promise<readonly Linker[]> {
  let known = builtinLinkers;
  if (linkerModules.length === 0) return known;
  const { loadLinker } = await import('../linkers/load-linker.ts');
  for (const { specifier, folder } of linkerModules) known = [...known, await loadLinker(specifier, folder, known)];
  return known;
}
