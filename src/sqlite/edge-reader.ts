import type { Database } from 'better-sqlite3';
import type { GraphEdge } from '../model/edge.ts';
import type { Direction, EdgeReader } from '../model/graph.ts';
import type { EdgeColumn, EdgeTable } from './edge-table.ts';
import { textOf } from './node-statements.ts';
import type { Read } from './open-graph.ts';

/** Of a graph without edges. */
export const noEdges: EdgeReader = { page: () => [], count: () => 0 };

/** Prepares reading edges, for the columns that a `kg_edges` has. */
export function prepareEdgeReader(db: Database, table: EdgeTable, read: Read): EdgeReader {
  const name = (column: EdgeColumn) => table.get(column) ?? 'NULL';
  const select = `SELECT ${textOf(name('id'))} AS id, ${textOf(name('edge_type'))} AS edgeType,
    ${textOf(name('from_node'))} AS fromNode, ${textOf(name('to_node'))} AS toNode,
    ${textOf(name('properties'))} AS properties FROM kg_edges`;
  const endOf = { out: name('from_node'), in: name('to_node') };
  const pageOf = (direction: Direction) =>
    db.prepare<[string, string, string, string, number], GraphEdge>(
      `${select} WHERE ${endOf[direction]} = ? AND ${name('edge_type')} >= ?
         AND (${name('edge_type')} > ? OR ${name('id')} > ?)
       ORDER BY ${name('edge_type')}, ${name('id')} LIMIT ?`,
    );
  const countOf = (direction: Direction) =>
    db
      .prepare<[string, number], number>(
        `SELECT count(*) FROM (SELECT 1 FROM kg_edges WHERE ${endOf[direction]} = ? LIMIT ?)`,
      )
      .pluck();
  const pages = { out: pageOf('out'), in: pageOf('in') };
  const counts = { out: countOf('out'), in: countOf('in') };
  return {
    page: (node, direction, limit, after) =>
      read(() => pages[direction].all(node, after?.edgeType ?? '', after?.edgeType ?? '', after?.id ?? '', limit)),
    count: (node, direction, limit) => read(() => counts[direction].get(node, limit) ?? 0),
  };
}
