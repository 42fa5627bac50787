import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import { type GraphNode, isContentColumn, NODE_FIELDS } from '../../model/node.ts';
import { quoteName } from '../quote.ts';
import { NODE_COLUMNS, type NodeTable } from '../target-schema.ts';

interface Reference {
  readonly parent: string;
  readonly column: string;
  /** Null for the parent's primary key. */
  readonly parentColumn: string | null;
}

/** Makes sure that every row which a column of `kg_nodes` must name is there; a deferred reference fails only at the end. */
export function requireReferences(db: Database, path: string, table: NodeTable, nodes: readonly GraphNode[]): void {
  const references = db.prepare<[], Reference>(
    `SELECT "table" AS parent, "from" AS "column", "to" AS parentColumn FROM pragma_foreign_key_list('kg_nodes')`,
  );
  for (const { parent, column, parentColumn } of references.all()) {
    const ours = NODE_COLUMNS.filter(isContentColumn).find((name) => table.columns.get(name) === column);
    if (ours === undefined) continue;
    const key = parentColumn ?? primaryKeyOf(db, parent);
    for (const value of new Set(nodes.map((node) => node[NODE_FIELDS[ours]]))) {
      if (value === null) continue;
      if (key !== undefined && hasRow(db, parent, key, value)) continue;
      throw new AuditError(
        'target-refuses-writes',
        `kg_nodes of target ${path} refuses our nodes: ${column} must name a row of ${parent}, which has no ${value}`,
        `add it to ${parent}, or name another target`,
      );
    }
  }
}

function primaryKeyOf(db: Database, table: string): string | undefined {
  return db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) WHERE pk = 1').pluck().get(table);
}

function hasRow(db: Database, table: string, column: string, value: string): boolean {
  return db.prepare(`SELECT 1 FROM ${quoteName(table)} WHERE ${quoteName(column)} = ?`).get(value) !== undefined;
}
