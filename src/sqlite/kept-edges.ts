import type { Database } from 'better-sqlite3';
import { idsOfType } from '../model/edge.ts';
import type { KeptEdge, KeptReader } from '../model/graph-store.ts';
import type { AtOnce } from './at-once.ts';
import type { EdgeColumn, EdgeTable } from './edge-table.ts';
import { edgeFields } from './stored-edges.ts';
import { textOf } from './stored-nodes.ts';

/** What is kept where there is no table of edges. */
export const noKeptEdges: AtOnce<KeptReader<KeptEdge>> = { find: () => undefined, list: () => [], count: () => 0 };

/** What is selected of edges that are read whole, in the columns that a `kg_edges` has. */
export function keptEdgeFields(table: EdgeTable): string {
  const text = (column: EdgeColumn) => textOf(table.get(column) ?? 'NULL');
  return `${edgeFields(table)}, ${text('created_at')} AS createdAt, ${text('updated_at')} AS updatedAt`;
}

/** Prepares it for the columns that a `kg_edges` has. */
export function prepareKeptEdges(db: Database, table: EdgeTable): AtOnce<KeptReader<KeptEdge>> {
  const name = (column: EdgeColumn) => table.get(column) ?? 'NULL';
  const select = `SELECT ${keptEdgeFields(table)} FROM kg_edges`;
  const find = db.prepare<[string], KeptEdge>(`${select} WHERE ${name('id')} = ?`);
  // Without its table's name, an order would be by the text that is selected, and all rows be sorted.
  const list = (ofType: string) =>
    db.prepare<object, KeptEdge>(
      `${select} WHERE ${name('id')} > @after ${ofType} ORDER BY kg_edges.${name('id')} LIMIT @limit`,
    );
  const count = db
    .prepare<[string, string, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM kg_edges WHERE ${name('id')} >= ? AND ${name('id')} < ? LIMIT ?)`,
    )
    .pluck();
  return {
    count: (type, limit) => count.get(...idsOfType(type), limit) ?? 0,
    find: (id) => find.get(id),
    list: ({ type, after = '', limit }) =>
      list(type === undefined ? '' : `AND ${name('edge_type')} = @type`).all({
        after,
        limit,
        ...(type !== undefined && { type }),
      }),
  };
}
