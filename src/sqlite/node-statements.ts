import type { Database } from 'better-sqlite3';
import type { GraphNode, StoredNode } from '../model/node.ts';
import { quoteName } from './quote.ts';
import { NODE_COLUMNS, type NodeColumn, type NodeTable } from './target-schema.ts';

/** Reads and writes single nodes in the columns that a `kg_nodes` has. */
export interface NodeStatements {
  find(id: string): StoredNode | undefined;
  insert(node: GraphNode, now: string): void;
  update(node: GraphNode, now: string): void;
  /** Whether a stored node says what ours says; columns that are not there or change what they are given are left out. */
  isSame(stored: StoredNode, node: GraphNode): boolean;
}

type Field = keyof GraphNode;

/** Where a node's fields stand in `kg_nodes`; the other columns hold our times of writing. */
export const CONTENT_FIELDS = {
  id: 'id',
  node_type: 'nodeType',
  subtype: 'subtype',
  name: 'name',
  properties: 'properties',
  source_table: 'sourceTable',
  source_id: 'sourceId',
} as const satisfies Partial<Record<NodeColumn, Field>>;

type ContentColumn = keyof typeof CONTENT_FIELDS;

export const isContent = (column: NodeColumn): column is ContentColumn => column in CONTENT_FIELDS;

export function prepareNodeStatements(db: Database, table: NodeTable): NodeStatements {
  const present = NODE_COLUMNS.filter((column) => table.columns.has(column));
  const content = present.filter(isContent);
  const compared = content
    .filter((column) => column !== 'id' && table.keepsText(column))
    .map((column) => CONTENT_FIELDS[column]);
  const updated = present.filter((column) => column !== 'id' && column !== 'created_at');
  const quoted = (column: NodeColumn) => quoteName(table.columns.get(column) ?? column);
  const id = quoted('id');
  const select = content
    .map((column) => `CAST(${quoted(column)} AS TEXT) AS ${quoteName(CONTENT_FIELDS[column])}`)
    .join(', ');

  const find = db.prepare<[string], StoredNode>(`SELECT ${select} FROM kg_nodes WHERE ${id} = ?`);
  const insert = db.prepare<string[]>(
    `INSERT INTO kg_nodes(${present.map(quoted).join(', ')}) VALUES (${present.map(() => '?').join(', ')})`,
  );
  const update = db.prepare<string[]>(
    `UPDATE kg_nodes SET ${updated.map((column) => `${quoted(column)} = ?`).join(', ')} WHERE ${id} = ?`,
  );
  const valuesOf = (columns: readonly NodeColumn[], node: GraphNode, now: string): string[] =>
    columns.map((column) => (isContent(column) ? node[CONTENT_FIELDS[column]] : now));

  return {
    find: (key) => find.get(key),
    insert: (node, now) => void insert.run(...valuesOf(present, node, now)),
    update: (node, now) => void update.run(...valuesOf(updated, node, now), node.id),
    isSame: (stored, node) => compared.every((field) => stored[field] === node[field]),
  };
}
