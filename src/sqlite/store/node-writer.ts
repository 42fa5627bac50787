import type { Database } from 'better-sqlite3';
import { isContentColumn, NODE_FIELDS, type NodeRecord } from '../../model/node.ts';
import { quoteName } from '../quote.ts';
import { inspectTable } from '../table-shape.ts';
import { NODE_COLUMNS, type NodeColumn, type NodeTable } from '../target-schema.ts';

/** Writes single nodes, within a transaction of its caller. */
export interface NodeWriter {
  /** False, and nothing done, where there is a node of this id already. */
  insert(node: NodeRecord, now: string): boolean;
  update(node: NodeRecord, now: string): void;
  /** False where there is none. */
  remove(id: string): boolean;
  /** Marks a node as deleted at a time, or, without one, takes the mark away. */
  mark(id: string, deletedAt: string | undefined): void;
}

/** Prepares it for the columns that a `kg_nodes` has. */
export function prepareNodeWriter(db: Database, table: NodeTable): NodeWriter {
  const present = NODE_COLUMNS.filter((column) => table.columns.has(column));
  const updated = present.filter((column) => column !== 'id' && column !== 'created_at');
  const quoted = (column: NodeColumn) => quoteName(table.columns.get(column) ?? column);
  const id = quoted('id');
  const insert = db.prepare<(string | null)[]>(
    `INSERT INTO kg_nodes(${present.map(quoted).join(', ')}) VALUES (${present.map(() => '?').join(', ')})
     ON CONFLICT(${id}) DO NOTHING`,
  );
  const update = db.prepare<(string | null)[]>(
    `UPDATE kg_nodes SET ${updated.map((column) => `${quoted(column)} = ?`).join(', ')} WHERE ${id} = ?`,
  );
  const remove = db.prepare<[string]>(`DELETE FROM kg_nodes WHERE ${id} = ?`);
  const valuesOf = (columns: readonly NodeColumn[], node: NodeRecord, now: string): (string | null)[] =>
    columns.map((column) => (isContentColumn(column) ? node[NODE_FIELDS[column]] : now));

  return {
    insert: (node, now) => insert.run(...valuesOf(present, node, now)).changes > 0,
    update: (node, now) => void update.run(...valuesOf(updated, node, now), node.id),
    remove: (key) => remove.run(key).changes > 0,
    mark: prepareMark(db, id),
  };
}

/** In its column where `kg_nodes` has one, else in a table of ours. */
function prepareMark(db: Database, id: string): NodeWriter['mark'] {
  const column = inspectTable(db, 'kg_nodes')?.column('deleted_at');
  if (column !== undefined) {
    const update = db.prepare<[string | null, string]>(
      `UPDATE kg_nodes SET ${quoteName(column.name)} = ? WHERE ${id} = ?`,
    );
    const none = column.notNull ? '' : null;
    return (key, deletedAt) => void update.run(deletedAt ?? none, key);
  }
  if (inspectTable(db, 'audit_tombstones') === undefined) return () => {};
  const add = db.prepare<[string, string]>('INSERT OR IGNORE INTO audit_tombstones(id, deleted_at) VALUES (?, ?)');
  const drop = db.prepare<[string]>('DELETE FROM audit_tombstones WHERE id = ?');
  return (key, deletedAt) => void (deletedAt === undefined ? drop.run(key) : add.run(key, deletedAt));
}
