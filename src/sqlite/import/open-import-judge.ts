import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { ImportJudge } from '../../model/import.ts';
import { HAS_EVENT } from '../../model/trail.ts';
import { borrowAuditTables } from '../audit-tables.ts';
import { connect } from '../connect.ts';
import { inspectEdgeTable, requireUniqueEdges } from '../edge-table.ts';
import { openWithoutTrace } from '../read-only.ts';
import { GraphWriter } from '../store/graph-writer.ts';
import { createNodeTable } from '../store/make-graph.ts';
import { copySchema, probeCopy } from '../store/probe-copy.ts';
import { inspectNodeTable, type NodeTable } from '../target-schema.ts';
import { probing, translating } from '../translate-error.ts';
import type { ImportOpening } from './import-opening.ts';
import { ImportPlanner } from './import-planner.ts';
import { openRehearsal } from './rehearsal.ts';

/** Opens a graph to say what importing rows would do; where there is none yet, an empty one in memory stands in for it. */
export function openImportJudge(opening: ImportOpening): ImportJudge {
  const { path } = opening;
  return translating({ role: 'target', path }, () => {
    const isAbsent = !existsSync(path) || statSync(path).size === 0;
    const { db, close } = isAbsent ? openStandIn() : openWithoutTrace(path);
    try {
      const table = inspectNodeTable(db, path);
      if (table !== undefined) {
        probing(path, () => probeCopy(db, path, { origins: [opening.origin], edgeTypes: [HAS_EVENT] }));
        requireUniqueEdges(db, path);
        return judgeOf(db, table, opening, close);
      }
      const standIn = openStandIn();
      copySchema(db, standIn.db);
      close();
      return judgeOf(standIn.db, createNodeTable(standIn.db, path), opening, standIn.close);
    } catch (error) {
      close();
      throw error;
    }
  });
}

function judgeOf(db: Database, nodes: NodeTable, opening: ImportOpening, close: () => void): ImportJudge {
  const { path, actor, cleaner, hooks, clock } = opening;
  const rehearsal = openRehearsal(db, opening);
  borrowAuditTables(db, path);
  const graph = new GraphWriter(db, { path, nodes, edges: inspectEdgeTable(db, path), clock, cleaner, hooks });
  const planner = new ImportPlanner(db, { path, nodes, graph, actor, rehearse: rehearsal?.refusal });
  planner.seen.begin();
  return {
    judge: (row) => {
      const { outcome, fault } = translating({ role: 'target', path }, () => planner.plan(row));
      return fault === undefined ? { outcome } : { fault };
    },
    get ignoredColumns() {
      return planner.ignoredColumns;
    },
    close: () => {
      planner.seen.close();
      rehearsal?.close();
      close();
    },
  };
}

function openStandIn() {
  const db = connect(':memory:');
  return { db, close: () => void db.close() };
}
