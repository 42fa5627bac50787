import type { Database } from 'better-sqlite3';
import type { KeptFields } from '../model/leaf.ts';
import { type GraphNode, isContentColumn, NODE_FIELDS, type StoredNode } from '../model/node.ts';
import { quoteName } from './quote.ts';
import { NODE_COLUMNS, type NodeColumn, type NodeTable } from './target-schema.ts';

/** Reads and writes single nodes in the columns that a `kg_nodes` has. */
export interface NodeStatements {
  find(id: string): StoredNode | undefined;
  /** False, and nothing done, where there is a node of this id already. */
  insert(node: GraphNode, now: string): boolean;
  update(node: GraphNode, now: string): void;
  /** Whether a stored node says what ours says; columns that are not there or change what they are given are left out. */
  isSame(stored: StoredNode, node: GraphNode): boolean;
  /** The fields that the table keeps as they are given. */
  readonly kept: KeptFields;
}

/** A column as text; bytes that are none, though they may look so, are shown as what they are. */
export const textOf = (column: string): string =>
  `iif(typeof(${column}) = 'blob', 'x''' || hex(${column}) || '''', CAST(${column} AS TEXT))`;

/** Prepares them for the columns that a table has. */
export function prepareNodeStatements(db: Database, table: NodeTable): NodeStatements {
  const present = NODE_COLUMNS.filter((column) => table.columns.has(column));
  const content = present.filter(isContentColumn);
  const compared = content
    .filter((column) => column !== 'id' && table.keepsText(column))
    .map((column) => NODE_FIELDS[column]);
  const updated = present.filter((column) => column !== 'id' && column !== 'created_at');
  const quoted = (column: NodeColumn) => quoteName(table.columns.get(column) ?? column);
  const id = quoted('id');
  const select = content.map((column) => `${textOf(quoted(column))} AS ${quoteName(NODE_FIELDS[column])}`).join(', ');

  const find = db.prepare<[string], StoredNode>(`SELECT ${select} FROM kg_nodes WHERE ${id} = ?`);
  const insert = db.prepare<(string | null)[]>(
    `INSERT INTO kg_nodes(${present.map(quoted).join(', ')}) VALUES (${present.map(() => '?').join(', ')})
     ON CONFLICT(${id}) DO NOTHING`,
  );
  const update = db.prepare<(string | null)[]>(
    `UPDATE kg_nodes SET ${updated.map((column) => `${quoted(column)} = ?`).join(', ')} WHERE ${id} = ?`,
  );
  const valuesOf = (columns: readonly NodeColumn[], node: GraphNode, now: string): (string | null)[] =>
    columns.map((column) => (isContentColumn(column) ? node[NODE_FIELDS[column]] : now));

  return {
    find: (key) => find.get(key),
    insert: (node, now) => insert.run(...valuesOf(present, node, now)).changes > 0,
    update: (node, now) => void update.run(...valuesOf(updated, node, now), node.id),
    isSame: (stored, node) => compared.every((field) => stored[field] === node[field]),
    kept: ['id', ...compared],
  };
}
