import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Landmark, Landmarks } from '../model/landmark.ts';
import { quoteName } from './quote.ts';
import type { TableShape } from './table-shape.ts';

/** So many rows are remembered: enough that one edited row does not make a source a stranger. */
const ROWS = 16;

/** The last rows of a table up to a row id. */
export function takeLandmarks(db: Database, table: TableShape, columns: readonly string[], upTo: bigint): Landmarks {
  const sql = `${selection(table, columns)} WHERE id <= ? ORDER BY id DESC LIMIT ${ROWS}`;
  return { columns, rows: db.prepare<[bigint], LandmarkRow>(sql).safeIntegers().all(upTo).map(toLandmark) };
}

/** The rows that stand now where landmarks were taken. */
export function findLandmarks(db: Database, table: TableShape, { columns, rows }: Landmarks): readonly Landmark[] {
  const find = db.prepare<[bigint], LandmarkRow>(`${selection(table, columns)} WHERE id = ?`).safeIntegers();
  return rows.flatMap(({ id }) => {
    const row = find.get(id);
    return row === undefined ? [] : [toLandmark(row)];
  });
}

interface LandmarkRow {
  readonly id: bigint;
  readonly content: string;
}

/** The type is told: 1, 1.0, '1' and x'31' are four contents. `quote` would, too, but ends at a NUL. */
function selection(table: TableShape, columns: readonly string[]): string {
  const cells = columns.map((given) => {
    const column = table.column(given);
    if (column === undefined) return "'gone'";
    const name = quoteName(column.name);
    return `typeof(${name}) || ':' || hex(${name})`;
  });
  return `SELECT id AS id, ${cells.join(` || ',' || `)} AS content FROM ${quoteName(table.name)}`;
}

function toLandmark({ id, content }: LandmarkRow): Landmark {
  return { id, digest: createHash('sha256').update(content).digest('hex').slice(0, 32) };
}
