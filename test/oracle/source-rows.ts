import type Database from 'better-sqlite3';

/** A value of the source, as SQLite holds it and as text. */
export interface SourceCell {
  readonly type: string;
  /** What CAST(x AS TEXT) gives; null for NULL and for empty text, which is absent. */
  readonly text: string | null;
  /** The value itself where it is a number. */
  readonly number: bigint | number | null;
}

export type SourceRow<Column extends string> = Readonly<Record<Column, SourceCell>>;

/** All rows of a table in its own order, the whole table at once; none where there is no such table. */
export function sourceRows<Column extends string>(
  db: Database.Database,
  table: string,
  columns: readonly Column[],
): readonly SourceRow<Column>[] {
  const found = db.prepare('SELECT 1 FROM sqlite_master WHERE lower(name) = ?').get(table);
  if (found === undefined) return [];
  const parts = columns.map(
    (name) =>
      `typeof("${name}"), CAST("${name}" AS TEXT), CASE WHEN typeof("${name}") IN ('integer', 'real') THEN "${name}" END`,
  );
  const statement = db.prepare<[], unknown[]>(`SELECT ${parts.join(', ')} FROM "${table}" ${rowOrder(db, table)}`);
  return statement
    .safeIntegers()
    .raw()
    .all()
    .map((values) => rowOf(columns, values));
}

/** Rows come in the order of rowids; a table without them has its key, and a view is read as it comes. */
function rowOrder(db: Database.Database, table: string): string {
  const columns = db.prepare<[string], string>('SELECT lower(name) FROM pragma_table_xinfo(?)').pluck().all(table);
  const kind = db
    .prepare<[string], { type: string; wr: number }>(
      "SELECT type, wr FROM pragma_table_list WHERE schema = 'main' AND lower(name) = ?",
    )
    .get(table);
  if (kind?.type !== 'table') return '';
  const rowid = ['rowid', '_rowid_', 'oid'].find((name) => !columns.includes(name));
  return `ORDER BY ${kind.wr === 1 ? 'id' : (rowid ?? 'id')}`;
}

function rowOf<Column extends string>(columns: readonly Column[], values: readonly unknown[]): SourceRow<Column> {
  const row = new Map<string, SourceCell>();
  columns.forEach((name, at) => {
    const [type, text, number] = values.slice(at * 3);
    row.set(name, {
      type: String(type),
      text: typeof text === 'string' && text !== '' ? text : null,
      number: typeof number === 'bigint' || typeof number === 'number' ? number : null,
    });
  });
  const whole: object = Object.fromEntries(row);
  if (!hasEvery(whole, columns)) throw new Error('a column was not read');
  return whole;
}

function hasEvery<Column extends string>(row: object, columns: readonly Column[]): row is SourceRow<Column> {
  return columns.every((name) => name in row);
}
