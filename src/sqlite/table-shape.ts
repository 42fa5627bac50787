import type { Database } from 'better-sqlite3';

/** How the rows of a table can be walked in a stable order, window by window. */
type RowOrder =
  | { readonly by: 'rowid'; readonly alias: string }
  | { readonly by: 'primary-key'; readonly columns: readonly string[] }
  | { readonly by: 'nothing' };

interface Column {
  readonly name: string;
  readonly declaredType: string;
  /** False for generated columns, which cannot be written. */
  readonly writable: boolean;
  readonly notNull: boolean;
}

/** A table or view as it stands in a file. */
export interface TableShape {
  readonly name: string;
  readonly isView: boolean;
  readonly order: RowOrder;
  /** Whether the column `id` is the row id; then rows that are added have the highest. */
  readonly idIsRowid: boolean;
  /** The collation by which an `id` is that of one row, which is found at once; undefined where nothing sees to that. */
  readonly idCollation: string | undefined;
  readonly column: (name: string) => Column | undefined;
  /** All of them, in their order. */
  readonly columns: readonly Column[];
}

interface TableRow {
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly wr: number;
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
  readonly hidden: number;
}

/** Looks a table up, names compared as SQLite compares them; undefined when there is none. */
export function inspectTable(db: Database, table: string): TableShape | undefined {
  const rows = db.prepare<[], TableRow>('SELECT * FROM pragma_table_list').all();
  const found = rows.find((row) => row.schema === 'main' && sameName(row.name, table));
  if (found === undefined) return undefined;
  const columns = db.prepare<[string], ColumnRow>('SELECT * FROM pragma_table_xinfo(?)').all(found.name);
  const idIsRowid = found.wr === 0 && isRowid(db, found.name, columns);
  return {
    name: found.name,
    isView: found.type === 'view',
    order: orderOf(found, columns),
    idIsRowid,
    idCollation: found.type === 'table' ? idCollation(db, found.name, idIsRowid) : undefined,
    column: (name) => toColumn(columns.find((column) => column.hidden !== 1 && sameName(column.name, name))),
    columns: columns.filter(({ hidden }) => hidden !== 1).map(columnOf),
  };
}

function orderOf(table: TableRow, columns: readonly ColumnRow[]): RowOrder {
  if (table.type !== 'table') return { by: 'nothing' };
  if (table.wr === 1) {
    const key = columns.filter((column) => column.pk > 0).toSorted((a, b) => a.pk - b.pk);
    return { by: 'primary-key', columns: key.map((column) => column.name) };
  }
  const alias = ['rowid', '_rowid_', 'oid'].find((name) => !columns.some((column) => sameName(column.name, name)));
  return alias === undefined ? { by: 'nothing' } : { by: 'rowid', alias };
}

/** An INTEGER primary key is the row id, unless it is one of the few that SQLite keeps an index for. */
function isRowid(db: Database, table: string, columns: readonly ColumnRow[]): boolean {
  const [key, ...others] = columns.filter((column) => column.pk > 0);
  if (key === undefined || others.length > 0) return false;
  if (!sameName(key.name, 'id') || !sameName(key.type, 'integer')) return false;
  const index = db.prepare<[string], 1>("SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'").pluck();
  return index.get(table) === undefined;
}

/** An index that holds but some of the rows, or an expression, says nothing of an id. */
function idCollation(db: Database, table: string, idIsRowid: boolean): string | undefined {
  if (idIsRowid) return 'BINARY';
  const index = db.prepare<[string], string>(`SELECT max(part.coll)
    FROM pragma_index_list(?) AS list JOIN pragma_index_xinfo(list.name) AS part
    WHERE list."unique" AND NOT list.partial AND part.key
    GROUP BY list.name HAVING count(*) = 1 AND max(part.name) = 'id' COLLATE NOCASE AND max(part.cid) >= 0
    AND upper(max(part.coll)) IN ('BINARY', 'NOCASE', 'RTRIM')`);
  return index.pluck().get(table);
}

function toColumn(row: ColumnRow | undefined): Column | undefined {
  return row && columnOf(row);
}

function columnOf(row: ColumnRow): Column {
  return { name: row.name, declaredType: row.type, writable: row.hidden === 0, notNull: row.notnull === 1 };
}

function sameName(a: string, b: string): boolean {
  return foldAscii(a) === foldAscii(b);
}

/** SQLite folds the case of ASCII letters alone. */
function foldAscii(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
