import type { Database } from 'better-sqlite3';
import type { KeptNode, KeptReader } from '../model/graph-store.ts';
import { NODE_FIELDS } from '../model/node.ts';
import type { AtOnce } from './at-once.ts';
import { quoteName } from './quote.ts';
import { deletionTime, softDeleted } from './soft-deleted.ts';
import { textOf } from './stored-nodes.ts';
import { NODE_COLUMNS, type NodeColumn, type NodeTable } from './target-schema.ts';

const FIELDS: Readonly<Record<NodeColumn, keyof KeptNode>> = {
  ...NODE_FIELDS,
  created_at: 'createdAt',
  updated_at: 'updatedAt',
};

/** Prepares it for the columns that a `kg_nodes` has. */
export function prepareKeptNodes(db: Database, { columns }: NodeTable): AtOnce<KeptReader<KeptNode>> {
  const quoted = (column: NodeColumn) => {
    const name = columns.get(column);
    return name === undefined ? undefined : quoteName(name);
  };
  const text = (column: NodeColumn) => textOf(quoted(column) ?? 'NULL');
  const fields = NODE_COLUMNS.map((column) => `${text(column)} AS ${FIELDS[column]}`);
  const select = `SELECT ${fields.join(', ')}, nullif(${textOf(deletionTime(db, 'kg_nodes'))}, '') AS deletedAt FROM kg_nodes`;
  const id = quoted('id') ?? 'id';
  const find = db.prepare<[string], KeptNode>(`${select} WHERE ${id} = ?`);
  const isLiving = `NOT (${softDeleted(db, 'kg_nodes')})`;
  // Without its table's name, an order would be by the text that is selected, and all rows be sorted.
  const list = (ofType: string, deleted: string) =>
    db.prepare<object, KeptNode>(
      `${select} WHERE ${id} > @after ${ofType} ${deleted} ORDER BY kg_nodes.${id} LIMIT @limit`,
    );
  const typed = `AND ${quoted('node_type')} = @type`;
  const count = db
    .prepare<[string, number], number>(
      `SELECT count(*) FROM (SELECT 1 FROM kg_nodes WHERE ${quoted('node_type')} = ? LIMIT ?)`,
    )
    .pluck();
  return {
    count: (type, limit) => count.get(type, limit) ?? 0,
    find: (key) => find.get(key),
    list: ({ type, after = '', limit, includeDeleted = false }) => {
      const statement = list(type === undefined ? '' : typed, includeDeleted ? '' : `AND ${isLiving}`);
      return statement.all({ after, limit, ...(type !== undefined && { type }) });
    },
  };
}
