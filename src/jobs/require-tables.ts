import { builtinExtractors } from '../extractors/index.ts';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';

/** Makes sure that a source has one of the tables at least that anything is read of. */
export function requireTables(source: Source, extractors: readonly AnyExtractor[]): void {
  const tables = [...new Set([...builtinExtractors, ...extractors].map(({ table }) => table))];
  if (tables.some((table) => source.hasTable(table))) return;
  throw new AuditError(
    'source-without-tables',
    `source ${source.path} has none of the tables ${tables.join(', ')}`,
    'is it a sessions.db? Name another one with --source',
  );
}
