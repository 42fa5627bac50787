import type { Database } from 'better-sqlite3';
import type { KeptEdge, ListQuestion } from '../../model/graph-store.ts';
import type { EdgeColumn, EdgeTable } from '../edge-table.ts';
import { edgeFields } from '../stored-edges.ts';
import { textOf } from '../stored-nodes.ts';

/** Reads edges with all that is kept of them. */
export interface KeptEdges {
  find(id: string): KeptEdge | undefined;
  list(question: Required<Pick<ListQuestion, 'limit'>> & ListQuestion): readonly KeptEdge[];
  /** What an edge said when it was removed last, as JSON; undefined where the log does not tell. */
  lastSaid(id: string): string | undefined;
}

/** What is kept where there is no table of edges. */
export const noKeptEdges: KeptEdges = { find: () => undefined, list: () => [], lastSaid: () => undefined };

/** Prepares it for the columns that a `kg_edges` has. */
export function prepareKeptEdges(db: Database, table: EdgeTable): KeptEdges {
  const name = (column: EdgeColumn) => table.get(column) ?? 'NULL';
  const times = `${textOf(name('created_at'))} AS createdAt, ${textOf(name('updated_at'))} AS updatedAt`;
  const select = `SELECT ${edgeFields(table)}, ${times} FROM kg_edges`;
  const find = db.prepare<[string], KeptEdge>(`${select} WHERE ${name('id')} = ?`);
  const list = (ofType: string) =>
    db.prepare<object, KeptEdge>(
      `${select} WHERE ${name('id')} > @after ${ofType} ORDER BY ${name('id')} LIMIT @limit`,
    );
  const lastSaid = db
    .prepare<[string], string>(
      `SELECT before FROM audit_changes WHERE records IS NULL AND record_id = ? AND operation = 'delete'
       AND before IS NOT NULL ORDER BY id DESC LIMIT 1`,
    )
    .pluck();
  return {
    find: (id) => find.get(id),
    list: ({ type, after = '', limit }) =>
      list(type === undefined ? '' : `AND ${name('edge_type')} = @type`).all({
        after,
        limit,
        ...(type !== undefined && { type }),
      }),
    lastSaid: (id) => lastSaid.get(id),
  };
}
