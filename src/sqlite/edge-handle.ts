import type { Database } from 'better-sqlite3';
import type { EdgeTable } from './edge-table.ts';
import { inspectTable } from './table-shape.ts';

/** The column by which single edges are found fastest, and told apart even where their ids are no proper texts. */
export function edgeHandle(db: Database, edges: EdgeTable): string {
  const shape = inspectTable(db, 'kg_edges');
  return shape?.order.by === 'rowid' ? shape.order.alias : (edges.get('id') ?? 'id');
}
