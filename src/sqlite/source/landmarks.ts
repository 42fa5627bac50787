import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Landmark, Landmarks } from '../../model/landmark.ts';
import type { Redactor } from '../../model/redaction.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';

/** So many rows are remembered: enough that one edited row does not make a source a stranger. */
const ROWS = 16;

/** The table that rows are remembered of, and what keeps its secrets. */
export interface LandmarkTable {
  readonly db: Database;
  readonly table: TableShape;
  readonly redactor: Redactor;
}

/** The last rows of a table up to a row id. */
export function takeLandmarks(of: LandmarkTable, columns: readonly string[], upTo: bigint): Landmarks {
  const sql = `${selection(of.table, columns)} WHERE id <= ? ORDER BY id DESC LIMIT ${ROWS}`;
  const rows = of.db.prepare<[bigint], LandmarkRow>(sql).safeIntegers().all(upTo);
  return { columns, rows: rows.map((row) => toLandmark(row, of.redactor)) };
}

/** The rows that stand now where landmarks were taken. */
export function findLandmarks(of: LandmarkTable, { columns, rows }: Landmarks): readonly Landmark[] {
  const find = of.db.prepare<[bigint], LandmarkRow>(`${selection(of.table, columns)} WHERE id = ?`).safeIntegers();
  return rows.flatMap(({ id }) => {
    const row = find.get(id);
    return row === undefined ? [] : [toLandmark(row, of.redactor)];
  });
}

interface LandmarkRow {
  readonly id: bigint;
  /** Of each column its type, a colon and its bytes in hex, with commas between them. */
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

function toLandmark({ id, content }: LandmarkRow, redactor: Redactor): Landmark {
  const clean = content.split(',').map((cell) => cleanCell(cell, redactor));
  const digest = createHash('sha256').update(clean.join(',')).digest('hex').slice(0, 32);
  return { id, digest, hasSecrets: clean.join(',') !== content };
}

function cleanCell(cell: string, redactor: Redactor): string {
  const [type = '', hex = ''] = cell.split(':');
  const text = Buffer.from(hex, 'hex').toString();
  const clean = redactor.clean(text);
  return clean === text ? cell : `${type}:${Buffer.from(clean).toString('hex')}`;
}
