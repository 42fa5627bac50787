import type { Database } from 'better-sqlite3';
import type { EdgeOrderField } from '../../model/edge-list-order.ts';
import type { KeptEdge } from '../../model/graph-store.ts';
import type { EdgeColumn, EdgeTable } from '../edge-table.ts';
import { keptEdgeFields } from '../kept-edges.ts';

/** What lists of edges are read with. */
export interface EdgeShop {
  readonly db: Database;
  readonly table: EdgeTable;
}

/** Something to be true of edges. */
export type EdgeCondition = readonly [sql: string, ...values: string[]];

/** Which edges are read, in the order of some columns. */
export interface EdgeSelection {
  readonly conditions: readonly EdgeCondition[];
  readonly order: readonly EdgeOrderField[];
  readonly limit: number;
}

const COLUMNS = {
  id: 'id',
  edgeType: 'edge_type',
  fromNode: 'from_node',
  toNode: 'to_node',
} as const satisfies Record<EdgeOrderField, EdgeColumn>;

/** A column as SQL wants it; without its table's name, an order would be by the text that is selected, and all rows be sorted. */
export const columnName = (table: EdgeTable, column: EdgeColumn): string => `kg_edges.${table.get(column) ?? column}`;

/** Edges with a value in a column. */
export const equals = (table: EdgeTable, column: EdgeColumn, value: string): EdgeCondition => [
  `${columnName(table, column)} = ?`,
  value,
];

/** Edges that come after a place in an order. */
export function comesAfter(
  table: EdgeTable,
  order: readonly EdgeOrderField[],
  place: readonly string[],
): EdgeCondition {
  const columns = order.map((field) => columnName(table, COLUMNS[field])).join(', ');
  return [`(${columns}) > (${order.map(() => '?').join(', ')})`, ...place];
}

/** Reads edges. */
export function selectEdges({ db, table }: EdgeShop, { conditions, order, limit }: EdgeSelection): readonly KeptEdge[] {
  const condition = conditions.map(([sql]) => sql).join(' AND ') || 'TRUE';
  const sql = `SELECT ${keptEdgeFields(table)} FROM kg_edges WHERE ${condition}
    ORDER BY ${order.map((field) => columnName(table, COLUMNS[field])).join(', ')} LIMIT ?`;
  const values = conditions.flatMap(([, ...given]) => given);
  return db.prepare<(string | number)[], KeptEdge>(sql).all(...values, limit);
}
