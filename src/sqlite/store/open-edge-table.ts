import type { Database } from 'better-sqlite3';
import { type EdgeTable, inspectEdgeTable } from '../edge-table.ts';
import { probing } from '../translate-error.ts';
import { createEdgeTable } from './graph-tables.ts';
import { type EdgeProbe, probeEdgeTable } from './probe-edge-table.ts';

/** The table of edges, made where it is missing; makes sure that it, and `kg_nodes`, take what edges need. */
export function openEdgeTable(db: Database, probe: EdgeProbe): EdgeTable {
  const { path } = probe;
  probing(path, () => probeEdgeTable(db, probe));
  if (inspectEdgeTable(db, path) === undefined) createEdgeTable(db);
  const table = inspectEdgeTable(db, path);
  if (table === undefined) throw new Error('kg_edges is not there after it was made');
  return table;
}
