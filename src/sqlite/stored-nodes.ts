import type { Database } from 'better-sqlite3';
import type { KeptFields } from '../model/leaf.ts';
import { isContentColumn, NODE_FIELDS, type NodeRecord, type StoredNode } from '../model/node.ts';
import { quoteName } from './quote.ts';
import { deletionTime } from './soft-deleted.ts';
import { NODE_COLUMNS, type NodeColumn, type NodeTable } from './target-schema.ts';

/** Finds single nodes, and compares them, in the columns that a `kg_nodes` has. */
export interface StoredNodes {
  find(id: string): FoundNode | undefined;
  /** Whether a stored node says what ours says; columns that are not there or change what they are given are left out. */
  isSame(stored: StoredNode, node: NodeRecord): boolean;
  /** The fields that the table keeps as they are given. */
  readonly kept: KeptFields;
}

/** A node, and when it was deleted; null where it is not. */
export type FoundNode = StoredNode & { readonly deletedAt: string | null };

/** A column as text; bytes that are none, though they may look so, are shown as what they are. */
export const textOf = (column: string): string =>
  `iif(typeof(${column}) = 'blob', 'x''' || hex(${column}) || '''', CAST(${column} AS TEXT))`;

/** Prepares it for the columns that a table has. */
export function prepareStoredNodes(db: Database, table: NodeTable): StoredNodes {
  const content = NODE_COLUMNS.filter((column) => table.columns.has(column)).filter(isContentColumn);
  const compared = content
    .filter((column) => column !== 'id' && table.keepsText(column))
    .map((column) => NODE_FIELDS[column]);
  const quoted = (column: NodeColumn) => quoteName(table.columns.get(column) ?? column);
  const select = content.map((column) => `${textOf(quoted(column))} AS ${quoteName(NODE_FIELDS[column])}`).join(', ');
  const find = db.prepare<[string], FoundNode>(
    `SELECT ${select}, nullif(${textOf(deletionTime(db, 'kg_nodes'))}, '') AS deletedAt
     FROM kg_nodes WHERE ${quoted('id')} = ?`,
  );
  return {
    find: (key) => find.get(key),
    isSame: (stored, node) => compared.every((field) => stored[field] === node[field]),
    kept: ['id', ...compared],
  };
}
