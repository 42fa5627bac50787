import { existsSync } from 'node:fs';
import type { ImportTarget } from '../../model/import.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { createAuditTables } from '../audit-tables.ts';
import { connect } from '../connect.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { GraphWriter } from '../store/graph-writer.ts';
import { createNodeTable, makeGraphFile } from '../store/make-graph.ts';
import { openEdgeTable } from '../store/open-edge-table.ts';
import { probeTarget } from '../store/probe-target.ts';
import { WriteTransactions } from '../store/write-transactions.ts';
import { Sealer } from '../target/sealer.ts';
import { inspectNodeTable } from '../target-schema.ts';
import { type Place, probing, translating } from '../translate-error.ts';
import type { ImportOpening } from './import-opening.ts';
import { ImportPlanner } from './import-planner.ts';
import { SqliteImportTarget } from './import-target.ts';

/** Opens a graph to import rows into it; what is missing is made. */
export function openImportTarget(opening: ImportOpening): Promise<ImportTarget> {
  const { path, actor, program, origin, cleaner, hooks, patience, clock } = opening;
  const place: Place = { role: 'target', path };
  return retryWhileLocked(patience, () =>
    translating(place, () => {
      if (!existsSync(path)) makeGraphFile(path);
      const db = connect(path, { fileMustExist: true });
      try {
        const nodes = inspectNodeTable(db, path) ?? createNodeTable(db, path);
        probing(path, () => probeTarget(db, path, nodes, [origin]));
        const edges = openEdgeTable(db, { path, nodes, edgeTypes: [HAS_EVENT] });
        createAuditTables(db, path);
        const graph = new GraphWriter(db, { path, nodes, edges, clock, cleaner, hooks });
        const planner = new ImportPlanner(db, { path, nodes, graph, actor });
        const sealer = new Sealer(db, program);
        const transactions = new WriteTransactions(db, place, patience, [sealer, graph, planner.seen]);
        return new SqliteImportTarget({ planner, sealer, transactions, close: () => db.close() });
      } catch (error) {
        db.close();
        throw error;
      }
    }),
  );
}
