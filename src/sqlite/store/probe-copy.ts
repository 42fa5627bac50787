import Database from 'better-sqlite3';
import type { NodeOrigin } from '../../model/graph-opening.ts';
import { connect } from '../connect.ts';
import { inspectNodeTable } from '../target-schema.ts';
import { requireReferences } from './node-references.ts';
import { probeEdgeTable } from './probe-edge-table.ts';
import { probesOf, probeTarget } from './probe-target.ts';

/** What a target is to take: nodes of these origins and, where edges are wanted, edges of these types. */
export interface Wanted {
  readonly origins: readonly NodeOrigin[];
  readonly edgeTypes: readonly string[] | undefined;
}

/**
 * The probe for a target that must not be written: its schema, triggers and all, is made again in memory and probed
 * there. References are looked up in the target itself, as the copy has no rows.
 */
export function probeCopy(db: Database.Database, path: string, { origins, edgeTypes }: Wanted): void {
  const copy = connect(':memory:');
  try {
    copy.exec('PRAGMA foreign_keys = OFF');
    copySchema(db, copy);
    const table = inspectNodeTable(copy, path);
    if (table === undefined) return;
    requireReferences(db, path, table, origins.flatMap(probesOf));
    probeTarget(copy, path, table, origins);
    if (edgeTypes !== undefined) probeEdgeTable(copy, { path, nodes: table, edgeTypes });
  } finally {
    copy.close();
  }
}

/**
 * Copies tables, indexes, views and triggers, without rows; so a trigger that looks rows up is left to the live run. What
 * others have beside kg_nodes may need modules that are not here.
 */
export function copySchema(from: Database.Database, to: Database.Database): void {
  const parts = from.prepare<[], { table: string; sql: string }>(
    `SELECT lower(tbl_name) AS "table", sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
       AND (type <> 'trigger' OR sql NOT LIKE '%from%')
     ORDER BY type = 'trigger', type = 'index', type = 'view'`,
  );
  for (const { table, sql } of parts.all()) {
    try {
      to.exec(sql);
    } catch (error) {
      if (table === 'kg_nodes' || !(error instanceof Database.SqliteError)) throw error;
    }
  }
}
