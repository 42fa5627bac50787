import { z } from 'zod';
import type { Hook } from '../model/hook.ts';
import { invalidPlugin, loadModule, type PluginKind } from '../plugins/load-module.ts';

const HOOK: PluginKind = {
  code: 'hook-invalid',
  word: 'hook',
  hint: 'name a module whose default export is a hook, or a list of them; docs/store.md has an example',
};

const aFunction = z.custom((value) => typeof value === 'function', 'must be a function').optional();

const hookShape = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be like no-test-sessions'),
  nodeType: z.string().min(1).optional(),
  beforeInsert: aFunction,
  afterInsert: aFunction,
  beforeUpdate: aFunction,
  afterUpdate: aFunction,
  beforeDelete: aFunction,
  afterDelete: aFunction,
});

/** Loads hooks of the user's: a module's default export is one, or a list of them. */
export async function loadHooks(specifier: string, folder: string): Promise<readonly Hook[]> {
  const { exported } = await loadModule(HOOK, specifier, folder);
  const hooks: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  return hooks.map((hook) => {
    if (isHook(hook)) return hook;
    const [issue] = hookShape.safeParse(hook).error?.issues ?? [];
    const where = issue?.path.join('.') || 'default export';
    throw invalidPlugin(HOOK, specifier, `is no hook: ${where}: ${issue?.message ?? 'not as it should be'}`);
  });
}

/** The object stays as its author made it, so that its functions find what else it has. */
function isHook(value: unknown): value is Hook {
  return hookShape.safeParse(value).success;
}
