import type { Database } from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import { quoteName } from './quote.ts';
import { inspectTable } from './table-shape.ts';
import { requireUniqueId } from './target-schema.ts';

/** The columns of `kg_edges` that we know; the first four are essential. */
export const EDGE_COLUMNS = [
  'id',
  'edge_type',
  'from_node',
  'to_node',
  'properties',
  'created_at',
  'updated_at',
] as const;
export type EdgeColumn = (typeof EDGE_COLUMNS)[number];

const ESSENTIAL: readonly EdgeColumn[] = ['id', 'edge_type', 'from_node', 'to_node'];

/** Those of our columns that a `kg_edges` has, by their quoted names in it. */
export type EdgeTable = ReadonlyMap<EdgeColumn, string>;

/** Reads how `kg_edges` stands; undefined when there is none, an error when edges cannot stand in it. */
export function inspectEdgeTable(db: Database, path: string): EdgeTable | undefined {
  const shape = inspectTable(db, 'kg_edges');
  if (shape === undefined) return undefined;
  const columns = new Map<EdgeColumn, string>();
  for (const name of EDGE_COLUMNS) {
    const column = shape.column(name);
    if (column?.writable) columns.set(name, quoteName(column.name));
  }
  const missing = ESSENTIAL.filter((name) => !columns.has(name));
  if (missing.length === 0) return columns;
  const message = `kg_edges of target ${path} has no column ${missing.join(', ')}`;
  throw new AuditError('target-schema', message, 'add what is missing, or name another target');
}

/** Makes sure that edges can be told apart by their ids, as it takes to make each once. */
export function requireUniqueEdges(db: Database, path: string): void {
  const shape = inspectTable(db, 'kg_edges');
  if (shape === undefined) return;
  requireUniqueId(db, path, shape);
  if (shape.idCollation === undefined || shape.idCollation === 'BINARY') return;
  const how = shape.idCollation === 'NOCASE' ? 'in case' : 'in blanks at the end';
  const message = `kg_edges of target ${path} takes ids for one that differ ${how}`;
  throw new AuditError('target-schema', message, 'make id compare as BINARY, or name another target');
}
