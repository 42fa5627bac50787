import type { Database } from 'better-sqlite3';
import type { KeptEdge, KeptReader } from '../model/graph-store.ts';
import type { EdgeColumn, EdgeTable } from './edge-table.ts';
import { edgeFields } from './stored-edges.ts';
import { textOf } from './stored-nodes.ts';

/** What is kept where there is no table of edges. */
export const noKeptEdges: KeptReader<KeptEdge> = { find: () => undefined, list: () => [] };

/** Prepares it for the columns that a `kg_edges` has. */
export function prepareKeptEdges(db: Database, table: EdgeTable): KeptReader<KeptEdge> {
  const name = (column: EdgeColumn) => table.get(column) ?? 'NULL';
  const times = `${textOf(name('created_at'))} AS createdAt, ${textOf(name('updated_at'))} AS updatedAt`;
  const select = `SELECT ${edgeFields(table)}, ${times} FROM kg_edges`;
  const find = db.prepare<[string], KeptEdge>(`${select} WHERE ${name('id')} = ?`);
  const list = (ofType: string) =>
    db.prepare<object, KeptEdge>(
      `${select} WHERE ${name('id')} > @after ${ofType} ORDER BY ${name('id')} LIMIT @limit`,
    );
  return {
    find: (id) => find.get(id),
    list: ({ type, after = '', limit }) =>
      list(type === undefined ? '' : `AND ${name('edge_type')} = @type`).all({
        after,
        limit,
        ...(type !== undefined && { type }),
      }),
  };
}
