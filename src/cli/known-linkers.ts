import { builtinLinkers } from '../linkers/index.ts';
import type { Linker } from '../model/linker.ts';
import type { RunSettings } from './run-settings.ts';

/** The built-in linkers, and those that the settings name. */
export async function knownLinkers({ linkerModules }: Pick<RunSettings, 'linkerModules'>): Promise<readonly Linker[]> {
  let known = builtinLinkers;
  if (linkerModules.length === 0) return known;
  const { loadLinker } = await import('../linkers/load-linker.ts');
  for (const { specifier, folder } of linkerModules) known = [...known, await loadLinker(specifier, folder, known)];
  return known;
}
