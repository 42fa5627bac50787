import type { Database } from 'better-sqlite3';
import { EDGE_TYPES, edgeId } from '../../model/edge.ts';
import { ENTITY_TYPES, entityNode, storedEntity } from '../../model/entity.ts';
import { AuditError } from '../../model/errors.ts';
import type { EdgeTable } from '../edge-table.ts';
import type { NodeTable } from '../target-schema.ts';
import { translating } from '../translate-error.ts';
import { prepareEdgeWriter } from './edge-writer.ts';
import { prepareEntityWriter } from './entity-writer.ts';

/**
 * Makes entities and edges like those to come and takes them back, so that a rule of others that would stop a write is
 * found before the first one.
 */
export function probeEdgeTable(db: Database, path: string, nodes: NodeTable, edges: EdgeTable): void {
  const entities = prepareEntityWriter(db, nodes);
  const writer = prepareEdgeWriter(db, edges);
  const now = new Date(0).toISOString();
  const probes = ENTITY_TYPES.map((type) => entityNode(type, 'audit-extract-probe', { probe: 'audit-extract' }));
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const probe of probes) entities.insert(storedEntity(probe), now);
    for (const edgeType of EDGE_TYPES) {
      for (const { id } of probes) {
        const ends = { edgeType, fromNode: probes[0]?.id ?? '', toNode: id };
        const edge = { id: edgeId(ends), ...ends, properties: '{"probe":"audit-extract"}' };
        translating({ role: 'target', path, table: 'kg_edges' }, () => writer.insert(edge, now));
        if (!writer.has(edgeId(ends))) throw ignored(path);
      }
    }
  } finally {
    // A trigger may have rolled back already.
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function ignored(path: string): AuditError {
  return new AuditError(
    'target-refuses-writes',
    `kg_edges of target ${path} does not keep what is written to it`,
    'look for a trigger on kg_edges that ignores or changes rows, or name another target',
  );
}
