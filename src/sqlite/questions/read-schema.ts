import type { Database } from 'better-sqlite3';
import type { Schema, SchemaColumn, SchemaTable } from '../../model/schema.ts';
import { openToRead } from '../open-to-read.ts';
import { quoteName } from '../quote.ts';

interface TableRow {
  readonly name: string;
  readonly type: string;
}

const GRAPH = ['kg_nodes', 'kg_edges'];
const KINDS = ['graph', 'record', 'other'] as const;

/** Reads the tables of a graph's file, and counts their rows. */
export function readSchema(path: string): Schema {
  return openToRead(path, (db, _place, close) => {
    // What belongs to a virtual table, and to SQLite itself, is nobody's business.
    const rows = db.prepare<[], TableRow>(
      `SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       ORDER BY name`,
    );
    const tables = rows.all().map((row) => readTable(db, row));
    close();
    return { path, tables: KINDS.flatMap((kind) => tables.filter((table) => table.kind === kind)) };
  });
}

function readTable(db: Database, { name, type }: TableRow): SchemaTable {
  const kind = GRAPH.includes(name.toLowerCase()) ? 'graph' : name.startsWith('audit_') ? 'record' : 'other';
  const count = () =>
    db
      .prepare<[], number>(`SELECT count(*) FROM ${quoteName(name)}`)
      .pluck()
      .get() ?? 0;
  return { name, kind, columns: readColumns(db, name), rows: type === 'table' ? count() : null };
}

function readColumns(db: Database, table: string): readonly SchemaColumn[] {
  const references = new Map(
    db
      .prepare<[string], { readonly column: string; readonly table: string }>(
        'SELECT "from" AS "column", "table" FROM pragma_foreign_key_list(?)',
      )
      .all(table)
      .map((row) => [row.column, row.table]),
  );
  return db
    .prepare<[string], { readonly name: string; readonly type: string; readonly pk: number }>(
      'SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1',
    )
    .all(table)
    .map(({ name, type, pk }) => ({ name, type, isKey: pk > 0, references: references.get(name) }));
}
