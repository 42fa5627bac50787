import type { Database } from 'better-sqlite3';
import { quoteName } from './quote.ts';
import { inspectTable } from './table-shape.ts';

/**
 * A condition that is true of nodes that are marked as deleted, which an empty text does not; `alias` is what `kg_nodes` is
 * called. Where it has no column for that, the marks are in a table of ours.
 */
export function softDeleted(db: Database, alias: string): string {
  const shape = inspectTable(db, 'kg_nodes');
  const column = shape?.column('deleted_at');
  if (column !== undefined) return `coalesce(${alias}.${quoteName(column.name)}, '') <> ''`;
  if (!hasTombstones(db)) return 'FALSE';
  const id = quoteName(shape?.column('id')?.name ?? 'id');
  return `EXISTS (SELECT 1 FROM audit_tombstones WHERE audit_tombstones.id = ${alias}.${id})`;
}

/** When a node was deleted, as text; NULL where it was not. */
export function deletionTime(db: Database, alias: string): string {
  const shape = inspectTable(db, 'kg_nodes');
  const column = shape?.column('deleted_at');
  if (column !== undefined) return `${alias}.${quoteName(column.name)}`;
  if (!hasTombstones(db)) return 'NULL';
  const id = quoteName(shape?.column('id')?.name ?? 'id');
  return `(SELECT audit_tombstones.deleted_at FROM audit_tombstones WHERE audit_tombstones.id = ${alias}.${id})`;
}

/** Whether a node is deleted whose `kg_nodes` has no column that could say so. */
export function prepareTombstones(db: Database): (id: string) => boolean {
  const isMarked = inspectTable(db, 'kg_nodes')?.column('deleted_at') !== undefined;
  if (isMarked || !hasTombstones(db)) return () => false;
  const find = db.prepare<[string], 1>('SELECT 1 FROM audit_tombstones WHERE id = ?').pluck();
  return (id) => find.get(id) !== undefined;
}

function hasTombstones(db: Database): boolean {
  return inspectTable(db, 'audit_tombstones') !== undefined;
}
