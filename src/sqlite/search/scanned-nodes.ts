import type { Database } from 'better-sqlite3';
import type { ScannedNode } from '../../model/judged-nodes.ts';
import type { NodeFilter } from '../../model/search.ts';
import { quoteName } from '../quote.ts';
import { softDeleted } from '../soft-deleted.ts';
import type { TableShape } from '../table-shape.ts';

/** Visits nodes of a type, those that are deleted only where they are wanted. Each step is one short read; others have the processor in between. */
export type NodeScan = (filter: TypeFilter, visit: (node: ScannedNode) => void) => Iterable<void>;

/** The part of a filter that columns of their own answer. */
export type TypeFilter = Pick<NodeFilter, 'nodeType' | 'subtype' | 'includeDeleted'>;

/** A column as SQL wants it; NULL where the table has none. */
export function columnOf(table: TableShape, name: string): string {
  const column = table.column(name);
  return column === undefined ? 'NULL' : quoteName(column.name);
}

/** What a scan reads of a row: its texts, those that are empty too. */
export function scannedColumns(table: TableShape): string {
  const text = (name: string) => `CAST(${columnOf(table, name)} AS TEXT) AS ${name}`;
  return `${text('id')}, ${text('name')}, ${text('properties')}`;
}

/** Whether a row is a node that can be named, and is not deleted. */
export function isLiving(db: Database, table: TableShape): string {
  return `${isNamed(table)} AND NOT (${softDeleted(db, 'kg_nodes')})`;
}

/** Whether it can be named. */
export function isNamed(table: TableShape): string {
  return `typeof(${columnOf(table, 'id')}) = 'text'`;
}
