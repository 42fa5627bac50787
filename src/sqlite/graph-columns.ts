import type { Database } from 'better-sqlite3';
import { EDGE_COLUMNS } from './edge-table.ts';
import { quoteName } from './quote.ts';
import { inspectTable } from './table-shape.ts';
import { NODE_COLUMNS } from './target-schema.ts';

/** A column of `kg_nodes` or `kg_edges`, whoever made it. */
export interface GraphColumn {
  /** As we know it where we do, else as it is there. */
  readonly name: string;
  readonly quoted: string;
}

const KNOWN = { kg_nodes: [...NODE_COLUMNS, 'deleted_at'], kg_edges: EDGE_COLUMNS } as const;

/** All columns of a table that hold what was written to them, in their order there. */
export function graphColumns(db: Database, table: keyof typeof KNOWN): readonly GraphColumn[] {
  const shape = inspectTable(db, table);
  if (shape === undefined) return [];
  const known = new Map(KNOWN[table].map((name) => [shape.column(name)?.name, name]));
  return shape.columns
    .filter(({ writable }) => writable)
    .map(({ name }) => ({ name: known.get(name) ?? name, quoted: quoteName(name) }));
}
