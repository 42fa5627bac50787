import type { Database } from 'better-sqlite3';
import { quoteName } from './quote.ts';
import { inspectTable } from './table-shape.ts';

/** A condition that is true of nodes that are marked as deleted, which an empty text does not; `alias` is what `kg_nodes` is called. */
export function softDeleted(db: Database, alias: string): string {
  const column = inspectTable(db, 'kg_nodes')?.column('deleted_at');
  return column === undefined ? 'FALSE' : `coalesce(${alias}.${quoteName(column.name)}, '') <> ''`;
}
