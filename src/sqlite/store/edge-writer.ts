import type { Database } from 'better-sqlite3';
import type { GraphEdge } from '../../model/edge.ts';
import { edgeHandle } from '../edge-handle.ts';
import type { EdgeColumn, EdgeTable } from '../edge-table.ts';
import { type Place, translating } from '../translate-error.ts';

/** Writes edges, within a transaction of its caller. */
export interface EdgeWriter {
  /** False, and nothing done, where there is an edge of this id already. */
  insert(edge: GraphEdge, now: string): boolean;
  /** What it says: its ends and its type are its id. */
  update(edge: GraphEdge, now: string): void;
  /** By what it is handled by; false where there is none. */
  remove(handle: string): boolean;
}

/** Prepares it for the columns that the `kg_edges` of the target at `path` has. */
export function prepareEdgeWriter(db: Database, path: string, table: EdgeTable): EdgeWriter {
  const place: Place = { role: 'target', path, table: 'kg_edges' };
  const columns = [...table];
  const insert = db.prepare<(string | null)[]>(
    `INSERT INTO kg_edges(${columns.map(([, quoted]) => quoted).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT(${table.get('id') ?? 'id'}) DO NOTHING`,
  );
  const remove = db.prepare<[string]>(`DELETE FROM kg_edges WHERE ${edgeHandle(db, table)} = ?`);
  const updated = columns.filter(([column]) => column === 'properties' || column === 'updated_at');
  const update =
    updated.length === 0
      ? undefined
      : db.prepare<(string | null)[]>(
          `UPDATE kg_edges SET ${updated.map(([, quoted]) => `${quoted} = ?`).join(', ')} WHERE ${table.get('id') ?? 'id'} = ?`,
        );
  return {
    update: (edge, now) => void update?.run(...updated.map(([column]) => columnValue(edge, column, now)), edge.id),
    insert: (edge, now) => {
      const values = columns.map(([column]) => columnValue(edge, column, now));
      return translating(place, () => insert.run(...values).changes > 0);
    },
    remove: (handle) => remove.run(handle).changes > 0,
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
