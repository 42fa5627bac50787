import type { Database } from 'better-sqlite3';
import { edgeId } from '../../model/edge.ts';
import { ENTITY_TYPES, entityNode, entityRecord } from '../../model/entity.ts';
import { AuditError } from '../../model/errors.ts';
import { type EdgeTable, inspectEdgeTable, requireUniqueEdges } from '../edge-table.ts';
import { prepareStoredEdges, type StoredEdges } from '../stored-edges.ts';
import type { NodeTable } from '../target-schema.ts';
import { type EdgeWriter, prepareEdgeWriter } from './edge-writer.ts';
import { createEdgeTable } from './graph-tables.ts';
import { prepareNodeWriter } from './node-writer.ts';

/** Which edges a target is to take, and where the nodes stand that they join. */
export interface EdgeProbe {
  readonly path: string;
  readonly nodes: NodeTable;
  readonly edgeTypes: readonly string[];
}

/**
 * Makes entities and edges like those to come, and the table of edges where it is missing, and takes all back; so a rule
 * of others that would stop a write is found before the first one.
 */
export function probeEdgeTable(db: Database, { path, nodes, edgeTypes }: EdgeProbe): void {
  const now = new Date(0).toISOString();
  const probes = ENTITY_TYPES.map((type) => entityNode(type, 'audit-extract-probe', { probe: 'audit-extract' }));
  db.exec('BEGIN IMMEDIATE');
  try {
    if (inspectEdgeTable(db, path) === undefined) createEdgeTable(db);
    const table = requireEdgeTable(db, path);
    const [writer, stored] = [prepareEdgeWriter(db, path, table), prepareStoredEdges(db, table)];
    const entities = prepareNodeWriter(db, nodes);
    for (const probe of probes) entities.insert(entityRecord(probe), now);
    for (const edgeType of edgeTypes) {
      for (const { id } of probes)
        probeEdge({ path, writer, stored }, { edgeType, fromNode: probes[0]?.id ?? '', toNode: id }, now);
    }
  } finally {
    // A trigger may have rolled back already.
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

/** Throws where edges cannot be told apart by their ids. */
function requireEdgeTable(db: Database, path: string): EdgeTable {
  const table = inspectEdgeTable(db, path);
  if (table === undefined) throw new Error('kg_edges is not there after it was made');
  requireUniqueEdges(db, path);
  return table;
}

interface ProbedTable {
  readonly path: string;
  readonly writer: EdgeWriter;
  readonly stored: StoredEdges;
}

function probeEdge({ path, writer, stored }: ProbedTable, ends: Parameters<typeof edgeId>[0], now: string): void {
  const id = edgeId(ends);
  writer.insert({ id, ...ends, properties: '{"probe":"audit-extract"}' }, now);
  if (stored.has(id)) return;
  throw new AuditError(
    'target-refuses-writes',
    `kg_edges of target ${path} does not keep what is written to it`,
    'look for a trigger on kg_edges that ignores or changes rows, or name another target',
  );
}
