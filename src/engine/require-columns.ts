import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';

/** Makes sure that a table has what an extractor reads. */
export function requireColumns(extractor: AnyExtractor, source: Source): void {
  const missing = source.missingColumns(extractor.table, extractor.columns);
  if (missing.length === 0) return;
  throw new AuditError(
    'source-column-missing',
    `table ${extractor.table} of ${source.path} has no column ${missing.join(', ')}`,
    `bring the table up to date, or leave the extractor out with --skip ${extractor.name}`,
  );
}
