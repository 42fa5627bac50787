import { existsSync, statSync } from 'node:fs';
import { AuditError } from '../../model/errors.ts';
import type { StoreOpening } from '../../model/graph-opening.ts';
import type { GraphStore } from '../../model/graph-store.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { createAuditTables } from '../audit-tables.ts';
import { prepareChangeReader } from '../change-reader.ts';
import { connect } from '../connect.ts';
import { fileMark } from '../file-marks.ts';
import { noKeptEdges, prepareKeptEdges } from '../kept-edges.ts';
import { prepareKeptNodes } from '../kept-nodes.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { prepareStoredNodes } from '../stored-nodes.ts';
import { inspectTable } from '../table-shape.ts';
import { inspectNodeTable } from '../target-schema.ts';
import { type Place, probing, translating } from '../translate-error.ts';
import { SqliteGraphStore } from './graph-store.ts';
import { GraphWriter } from './graph-writer.ts';
import { prepareLastSaid } from './last-said.ts';
import { createNodeTable, makeGraphFile } from './make-graph.ts';
import { openEdgeTable } from './open-edge-table.ts';
import { probeTarget } from './probe-target.ts';
import { PrunedChanges } from './pruned-changes.ts';
import { TransactionScopes } from './transaction-scopes.ts';
import { WriteTransactions } from './write-transactions.ts';

const ORIGIN = { subtype: 'user_action', table: 'kg_nodes' };

/** Opens org.db to be read and written record by record, and makes sure that it takes nodes and edges; what is made is the file, too. */
export function openStore(path: string, opening: StoreOpening): Promise<GraphStore> {
  const { create } = opening;
  const place: Place = { role: 'target', path };
  return retryWhileLocked(opening.patience, () =>
    translating(place, () => {
      const isThere = existsSync(path) && statSync(path).size > 0;
      if (!isThere && !create) throw new AuditError('target-not-found', `there is no graph ${path}`, 'let it be made');
      if (!isThere) makeGraphFile(path);
      const db = connect(path, { fileMustExist: true });
      try {
        const table = inspectNodeTable(db, path) ?? (create ? createNodeTable(db, path) : undefined);
        if (table === undefined) throw noNodes(path);
        probing(path, () => probeTarget(db, path, table, [ORIGIN]));
        const hasEdges = create || inspectTable(db, 'kg_edges') !== undefined;
        const edgeTable = hasEdges ? openEdgeTable(db, { path, nodes: table, edgeTypes: [HAS_EVENT] }) : undefined;
        createAuditTables(db, path);
        const { actor, cleaner, clock, patience, hooks } = opening;
        const graph = new GraphWriter(db, { path, nodes: table, edges: edgeTable, clock, cleaner, hooks });
        const transactions = new WriteTransactions(db, place, patience, [graph]);
        const scopes = new TransactionScopes({ db, place, transactions, listener: graph });
        const version = db.prepare<[], number>('PRAGMA schema_version').pluck();
        const [file, opened] = [fileMark(path), version.get()];
        const common = { scopes, graph, stored: prepareStoredNodes(db, table), cleaner };
        return new SqliteGraphStore(
          {
            ...{ path, scopes, transactions, close: () => db.close() },
            isCurrent: () => fileMark(path) === file && version.get() === opened,
            nodes: { ...common, kept: prepareKeptNodes(db, table) },
            edges: {
              ...common,
              kept: edgeTable ? prepareKeptEdges(db, edgeTable) : noKeptEdges,
              lastSaid: prepareLastSaid(db),
            },
            changes: prepareChangeReader(db, { nodes: table, edges: edgeTable }),
            pruned: new PrunedChanges(db, graph.changes),
          },
          actor,
        );
      } catch (error) {
        db.close();
        throw error;
      }
    }),
  );
}

function noNodes(path: string): AuditError {
  return new AuditError('target-schema', `target ${path} has no kg_nodes`, 'let it be made, or name another target');
}
