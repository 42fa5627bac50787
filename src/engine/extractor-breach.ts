import { AuditError } from '../model/errors.ts';
import type { AnyExtractor, Fold } from '../model/extractor.ts';

/** An extractor that does not keep to its contract. */
export function breachOf(extractor: AnyExtractor, what: string): AuditError {
  return new AuditError(
    'extractor-failed',
    `extractor ${extractor.name} ${what}`,
    'mend the extractor; docs/writing-an-extractor.md says what it may do',
  );
}

/** The fold of an extractor that yields partial drafts. Throws when it has none. */
export function foldOf(extractor: AnyExtractor): Fold<unknown> {
  if (extractor.fold === undefined) throw breachOf(extractor, 'made a partial draft, but has no fold');
  return extractor.fold;
}
