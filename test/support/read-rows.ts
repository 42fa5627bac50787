import type { AnyExtractor, Columns, RowOf } from '../../src/model/extractor.ts';
import { notRedacting, type Redactor } from '../../src/model/redaction.ts';
import { openSource } from '../../src/sqlite/source/source.ts';

/** All rows that an extractor is given of a source. */
export function readRows(
  path: string,
  { table, columns, lookup }: AnyExtractor,
  redactor: Redactor = notRedacting,
): readonly (RowOf<Columns> & RowOf<Columns>)[] {
  const source = openSource(path, { redactor });
  try {
    const reader = source.openReader({ table, columns, condition: { sql: 'TRUE', parameters: [] }, lookup });
    const all: RowOf<Columns>[] = [];
    for (let more = true; more; ) more = reader.readWindow((rows) => all.push(...rows));
    return all;
  } finally {
    source.close();
  }
}
