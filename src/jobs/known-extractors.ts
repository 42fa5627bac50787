import { builtinExtractors } from '../extractors/index.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Settings } from '../model/settings.ts';

/** The built-in extractors, and those that the settings name. */
export async function knownExtractors({ modules }: Settings): Promise<readonly AnyExtractor[]> {
  let known = builtinExtractors;
  if (modules.length === 0) return known;
  const { loadExtractor } = await import('../extractors/load-extractor.ts');
  for (const { specifier, folder } of modules) known = [...known, await loadExtractor(specifier, folder, known)];
  return known;
}
