import type { Database } from 'better-sqlite3';
import type { RowIds } from '../../model/source.ts';
import { quoteName } from '../quote.ts';

/** The first and the last row id of a table whose column `id` is its row id. */
export function readRowIds(db: Database, table: string): RowIds {
  const end = (order: 'ASC' | 'DESC') =>
    db
      .prepare<[], bigint>(`SELECT id FROM ${quoteName(table)} ORDER BY id ${order} LIMIT 1`)
      .pluck()
      .safeIntegers()
      .get();
  const sql = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table) ?? '';
  return { lowest: end('ASC'), highest: end('DESC'), neverReused: /\bautoincrement\b/i.test(sql) };
}
