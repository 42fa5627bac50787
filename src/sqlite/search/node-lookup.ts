import type { Database } from 'better-sqlite3';
import type { ScannedNode } from '../../model/judged-nodes.ts';
import type { TableShape } from '../table-shape.ts';
import type { Read } from '../translate-error.ts';
import { columnOf, isLiving, isNamed, scannedColumns, type TypeFilter } from './scanned-nodes.ts';

/** Finds a node by its id; undefined where it is of another type or subtype than is wanted, or deleted, and that is not. */
export type LookUp = (id: string) => ScannedNode | undefined;

/** Prepares it for a `kg_nodes`. */
export function prepareLookUp(
  db: Database,
  table: TableShape,
  { nodeType, subtype, includeDeleted = false }: TypeFilter,
  read: Read,
): LookUp {
  const ofSubtype = subtype === undefined ? '' : `AND ${columnOf(table, 'subtype')} COLLATE BINARY = ?`;
  const node = db.prepare<string[], ScannedNode>(
    `SELECT ${scannedColumns(table)} FROM kg_nodes WHERE ${columnOf(table, 'id')} = ? AND ${includeDeleted ? isNamed(table) : isLiving(db, table)}
     AND ${columnOf(table, 'node_type')} COLLATE BINARY = ? ${ofSubtype}`,
  );
  const type = subtype === undefined ? [nodeType] : [nodeType, subtype];
  return (id) => read(() => node.get(id, ...type));
}
