import { z } from 'zod';
import type { Linker } from '../model/linker.ts';
import { invalidPlugin, loadModule, type PluginKind } from '../plugins/load-module.ts';

const LINKER: PluginKind = {
  code: 'linker-invalid',
  word: 'linker',
  hint: 'name a module whose default export is a linker; docs/graph.md has an example',
};

const linkerShape = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be like by-tool'),
  version: z.number().int().positive(),
  summary: z.string().min(1),
  edgeType: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be like BY_TOOL'),
  link: z.custom((value) => typeof value === 'function', 'must be a function'),
});

/** Loads a linker of the user's, as extractors are loaded; it may share its edge type with another, but not its name. */
export async function loadLinker(specifier: string, folder: string, others: readonly Linker[]): Promise<Linker> {
  const { exported: linker } = await loadModule(LINKER, specifier, folder);
  if (!isLinker(linker)) {
    const [issue] = linkerShape.safeParse(linker).error?.issues ?? [];
    const where = issue?.path.join('.') || 'default export';
    throw invalidPlugin(LINKER, specifier, `is no linker: ${where}: ${issue?.message ?? 'not as it should be'}`);
  }
  if (!others.some(({ name }) => name === linker.name)) return linker;
  throw invalidPlugin(LINKER, specifier, `has the name '${linker.name}', which another linker has already`);
}

/** The object stays as its author made it, so that its function finds what else it has. */
function isLinker(value: unknown): value is Linker {
  return linkerShape.safeParse(value).success;
}
