import Database from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import type { GraphNode } from '../model/node.ts';
import { AUDIT_EVENT } from '../model/node.ts';
import { prepareNodeStatements } from './node-statements.ts';
import { inspectNodeTable, type NodeTable } from './target-schema.ts';

/** An event's subtype and the table it comes from: what a probe node needs to look like a real one. */
export interface NodeOrigin {
  readonly subtype: string;
  readonly table: string;
}

/**
 * Writes nodes like those to come and takes them back, so that a NOT NULL, CHECK, UNIQUE or trigger of others that
 * would stop a run is found before its first batch.
 */
export function probeTarget(
  db: Database.Database,
  path: string,
  table: NodeTable,
  origins: readonly NodeOrigin[],
): void {
  const statements = prepareNodeStatements(db, table);
  const now = new Date(0).toISOString();
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const node of origins.flatMap(probesOf)) {
      statements.insert({ ...node, name: 'x' }, now);
      statements.update(node, now);
      const stored = statements.find(node.id);
      if (stored === undefined || !statements.isSame(stored, node)) throw changed(path);
    }
  } finally {
    db.exec('ROLLBACK');
  }
}

/** The same probe for a target that must not be written: its table and unique indexes, made again in memory. */
export function probeCopy(db: Database.Database, path: string, origins: readonly NodeOrigin[]): void {
  const copy = new Database(':memory:');
  try {
    const parts = db.prepare<[], string>(
      `SELECT sql FROM sqlite_schema WHERE lower(tbl_name) = 'kg_nodes' AND type IN ('table', 'index') AND sql IS NOT NULL
       ORDER BY type DESC`,
    );
    for (const sql of parts.pluck().all()) copy.exec(sql);
    copy.pragma('foreign_keys = OFF');
    const table = inspectNodeTable(copy, path);
    if (table !== undefined) probeTarget(copy, path, table, origins);
  } finally {
    copy.close();
  }
}

/** Two nodes that differ in id alone, and in id by case alone, for rules that would let in only one of them. */
function probesOf({ subtype, table }: NodeOrigin): readonly GraphNode[] {
  return ['probe', 'PROBE'].map((word) => ({
    id: `${AUDIT_EVENT}:audit-extract-${word}:${subtype}`,
    nodeType: AUDIT_EVENT,
    subtype,
    name: `[Probe] ${'x'.repeat(72)}`,
    properties: '{"probe":"audit-extract"}',
    sourceTable: table,
    sourceId: word,
  }));
}

function changed(path: string): AuditError {
  return new AuditError(
    'target-refuses-writes',
    `kg_nodes of target ${path} does not keep what is written to it`,
    'look for a trigger on kg_nodes that ignores or changes rows, or name another target',
  );
}
