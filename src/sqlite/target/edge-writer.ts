import type { Database } from 'better-sqlite3';
import type { GraphEdge } from '../../model/edge.ts';
import type { EdgeColumn, EdgeTable } from '../edge-table.ts';
import { type Place, translating } from '../translate-error.ts';

/** Writes edges, within a transaction of its caller. */
export interface EdgeWriter {
  /** False, and nothing done, where there is an edge of this id already. */
  insert(edge: GraphEdge, now: string): boolean;
  has(id: string): boolean;
  /** False where there is none. */
  remove(id: string): boolean;
}

/** Prepares it for the columns that the `kg_edges` of the target at `path` has. */
export function prepareEdgeWriter(db: Database, path: string, table: EdgeTable): EdgeWriter {
  const place: Place = { role: 'target', path, table: 'kg_edges' };
  const columns = [...table];
  const id = table.get('id') ?? 'id';
  const insert = db.prepare<(string | null)[]>(
    `INSERT INTO kg_edges(${columns.map(([, quoted]) => quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT(${id}) DO NOTHING`,
  );
  const has = db.prepare<[string], 1>(`SELECT 1 FROM kg_edges WHERE ${id} = ?`).pluck();
  const remove = db.prepare<[string]>(`DELETE FROM kg_edges WHERE ${id} = ?`);
  return {
    insert: (edge, now) => {
      const values = columns.map(([column]) => columnValue(edge, column, now));
      return translating(place, () => insert.run(...values).changes > 0);
    },
    has: (key) => has.get(key) !== undefined,
    remove: (key) => remove.run(key).changes > 0,
  };
}

function columnValue(edge: GraphEdge, column: EdgeColumn, now: string): string | null {
  switch (column) {
    case 'id':
      return edge.id;
    case 'edge_type':
      return edge.edgeType;
    case 'from_node':
      return edge.fromNode;
    case 'to_node':
      return edge.toNode;
    case 'properties':
      return edge.properties;
    case 'created_at':
    case 'updated_at':
      return now;
  }
}
