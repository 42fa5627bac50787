import Database from 'better-sqlite3';
import type { TableRows } from '../../model/graph-copy.ts';
import { quoteName } from '../quote.ts';

/** The tables of a graph, those of other programs too, and their rows; those of our own record are left out. */
export function countTables(db: Database.Database): readonly TableRows[] {
  const names = db
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'audit\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .pluck()
    .all();
  return names.map((table) => ({ table, rows: count(db, table) }));
}

/** The rows of one of them; names are compared as SQLite compares them. */
export function rowsOf(tables: readonly TableRows[], name: string): number | null {
  return tables.find(({ table }) => table.toLowerCase() === name)?.rows ?? null;
}

/** What is damaged, or needs what only another program has, cannot be counted. */
function count(db: Database.Database, table: string): number | null {
  try {
    return (
      db
        .prepare<[], number>(`SELECT count(*) FROM ${quoteName(table)}`)
        .pluck()
        .get() ?? null
    );
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  }
}
