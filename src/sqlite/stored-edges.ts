import type { Database } from 'better-sqlite3';
import type { GraphEdge } from '../model/edge.ts';
import { edgeHandle } from './edge-handle.ts';
import type { EdgeColumn, EdgeTable } from './edge-table.ts';
import { textOf } from './stored-nodes.ts';

/** Finds single edges. */
export interface StoredEdges {
  has(id: string): boolean;
  find(id: string): GraphEdge | undefined;
  /** What an edge is handled by; undefined where there is none of this id. */
  handleOf(id: string): string | undefined;
  at(handle: string): GraphEdge | undefined;
}

/** What is selected of edges, in the columns that a `kg_edges` has. */
export function edgeFields(table: EdgeTable): string {
  const name = (column: EdgeColumn) => textOf(table.get(column) ?? 'NULL');
  const text = (column: EdgeColumn) => `coalesce(${name(column)}, '')`;
  return `${text('id')} AS id, ${text('edge_type')} AS edgeType, ${text('from_node')} AS fromNode,
    ${text('to_node')} AS toNode, ${name('properties')} AS properties`;
}

/** Prepares it for the columns that a table has. */
export function prepareStoredEdges(db: Database, table: EdgeTable): StoredEdges {
  const id = table.get('id') ?? 'id';
  const handle = edgeHandle(db, table);
  const has = db.prepare<[string], 1>(`SELECT 1 FROM kg_edges WHERE ${id} = ?`).pluck();
  const handleOf = db.prepare<[string], string>(`SELECT CAST(${handle} AS TEXT) FROM kg_edges WHERE ${id} = ?`).pluck();
  const find = db.prepare<[string], GraphEdge>(`SELECT ${edgeFields(table)} FROM kg_edges WHERE ${id} = ?`);
  const at = db.prepare<[string], GraphEdge>(`SELECT ${edgeFields(table)} FROM kg_edges WHERE ${handle} = ?`);
  return {
    has: (key) => has.get(key) !== undefined,
    find: (key) => find.get(key),
    handleOf: (key) => handleOf.get(key),
    at: (key) => at.get(key),
  };
}
