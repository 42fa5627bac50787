import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import type { NodeOrigin } from '../../model/graph-opening.ts';
import { AUDIT_EVENT, type GraphNode } from '../../model/node.ts';
import { prepareStoredNodes } from '../stored-nodes.ts';
import type { NodeTable } from '../target-schema.ts';
import { prepareNodeWriter } from './node-writer.ts';
/**
 * Writes nodes like those to come and takes them back, so that a NOT NULL, CHECK, UNIQUE or trigger of others that would
 * stop or change a write is found before the first batch. References are `requireReferences`'s.
 */
export function probeTarget(db: Database, path: string, table: NodeTable, origins: readonly NodeOrigin[]): void {
  const stored = prepareStoredNodes(db, table);
  const writer = prepareNodeWriter(db, table);
  const now = new Date(0).toISOString();
  const requireKept = (node: GraphNode) => {
    const kept = stored.find(node.id);
    if (kept === undefined || !stored.isSame(kept, node)) throw changed(path);
  };
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const node of origins.flatMap(probesOf)) {
      writer.insert(node, now);
      requireKept(node);
      const renamed = { ...node, name: `${node.name.slice(0, -1)}y` };
      writer.update(renamed, now);
      requireKept(renamed);
    }
  } finally {
    // A trigger may have rolled back already.
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** Two nodes that differ in id alone, and in id by case alone, for rules that would let in only one of them. */
export function probesOf({ subtype, table }: NodeOrigin): readonly GraphNode[] {
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
