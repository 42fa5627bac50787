import { closest } from 'fastest-levenshtein';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';

/** The extractors a user wants: those named, or all, less those left out. Throws when a name is unknown or none is left. */
export function selectExtractors(
  all: readonly AnyExtractor[],
  only: readonly string[] | undefined,
  skip: readonly string[] | undefined,
): readonly AnyExtractor[] {
  const names = all.map(({ name }) => name);
  for (const name of [...(only ?? []), ...(skip ?? [])]) {
    if (names.includes(name)) continue;
    throw new AuditError(
      'usage',
      `unknown extractor '${name}'`,
      `did you mean ${closest(name, names)}? There are ${names.join(', ')}`,
    );
  }
  const selected = all.filter(({ name }) => (only?.includes(name) ?? true) && !skip?.includes(name));
  if (selected.length === 0) {
    throw new AuditError('usage', 'no extractor is left to run', `there are ${names.join(', ')}`);
  }
  return selected;
}
