import type { Database } from 'better-sqlite3';
import type { NodeFilter } from '../../model/search.ts';
import type { TableShape } from '../table-shape.ts';
import type { Read } from '../translate-error.ts';
import { columnOf, isLiving, type ScannedNode, scannedColumns } from './scanned-nodes.ts';

/** Finds a node that is not deleted by its id; undefined where it is of another type or subtype than is wanted. */
export type LookUp = (id: string) => ScannedNode | undefined;

/** Prepares it for a `kg_nodes`. */
export function prepareLookUp(
  db: Database,
  table: TableShape,
  { nodeType, subtype }: Pick<NodeFilter, 'nodeType' | 'subtype'>,
  read: Read,
): LookUp {
  const ofSubtype = subtype === undefined ? '' : `AND ${columnOf(table, 'subtype')} COLLATE BINARY = ?`;
  const node = db.prepare<string[], ScannedNode>(
    `SELECT ${scannedColumns(table)} FROM kg_nodes WHERE ${columnOf(table, 'id')} = ? AND ${isLiving(table)}
     AND ${columnOf(table, 'node_type')} COLLATE BINARY = ? ${ofSubtype}`,
  );
  const type = subtype === undefined ? [nodeType] : [nodeType, subtype];
  return (id) => read(() => node.get(id, ...type));
}
