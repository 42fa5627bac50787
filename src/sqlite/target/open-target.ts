import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { TargetOpening } from '../../model/graph-opening.ts';
import type { Target } from '../../model/target.ts';
import { borrowAuditTables, createAuditTables } from '../audit-tables.ts';
import { connect } from '../connect.ts';
import { inspectEdgeTable } from '../edge-table.ts';
import { openWithoutTrace } from '../read-only.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { createNodeTable, makeGraphFile } from '../store/make-graph.ts';
import { requireReferences } from '../store/node-references.ts';
import { openEdgeTable } from '../store/open-edge-table.ts';
import { copySchema, probeCopy } from '../store/probe-copy.ts';
import { probeEdgeTable } from '../store/probe-edge-table.ts';
import { probesOf, probeTarget } from '../store/probe-target.ts';
import { inspectNodeTable } from '../target-schema.ts';
import { type Place, probing, translating } from '../translate-error.ts';
import type { EdgeOptions } from './link-desk.ts';
import { SqliteTarget } from './target.ts';

/** Opens org.db to be written, makes what is missing, and makes sure that it takes nodes of these origins. */
export function openTarget(path: string, opening: TargetOpening): Promise<Target> {
  return retryWhileLocked(opening.patience, () => open(path, opening));
}

function open(path: string, opening: TargetOpening): Target {
  const { origins, now, program, patience, cleaner, hooks, edges: wanted, isRun } = opening;
  const place: Place = { role: 'target', path };
  return translating(place, () => {
    if (!existsSync(path)) makeGraphFile(path);
    const db = connect(path, { fileMustExist: true });
    try {
      const table = inspectNodeTable(db, path) ?? createNodeTable(db, path);
      probing(path, () => {
        requireReferences(db, path, table, origins.flatMap(probesOf));
        probeTarget(db, path, table, origins);
      });
      const probe = wanted && { path, nodes: table, edgeTypes: wanted.types };
      const edges = wanted && probe && { ...wanted, table: openEdgeTable(db, probe) };
      createAuditTables(db, path);
      const release = () => db.close();
      return new SqliteTarget(db, { path, table, now, program, cleaner, hooks, edges, isRun, ...patience, release });
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Opens org.db only to compare with it; where there is none yet, an empty graph in memory stands in for it. */
export function openTargetForDryRun(path: string, opening: TargetOpening): Target {
  const { origins, program, patience, cleaner, hooks, edges: wanted, isRun } = opening;
  const place: Place = { role: 'target', path };
  return translating(place, () => {
    const { db, close } = isAbsent(path) ? openStandIn() : openWithoutTrace(path);
    try {
      const table = inspectNodeTable(db, path);
      if (table !== undefined) {
        probing(path, () => probeCopy(db, path, { origins, edgeTypes: wanted?.types }));
        borrowAuditTables(db, path);
        const edges = edgesOf(db, path, wanted);
        return new SqliteTarget(db, {
          path,
          table,
          now: undefined,
          program,
          cleaner,
          hooks,
          edges,
          isRun,
          ...patience,
          release: close,
        });
      }
      const standIn = openStandIn();
      copySchema(db, standIn.db);
      const made = createNodeTable(standIn.db, path);
      if (wanted) probing(path, () => probeEdgeTable(standIn.db, { path, nodes: made, edgeTypes: wanted.types }));
      borrowAuditTables(standIn.db, path);
      close();
      return new SqliteTarget(standIn.db, {
        path,
        table: made,
        now: undefined,
        program,
        cleaner,
        hooks,
        edges: edgesOf(standIn.db, path, wanted),
        isRun,
        ...patience,
        release: standIn.close,
      });
    } catch (error) {
      close();
      throw error;
    }
  });
}

function edgesOf(db: Database, path: string, wanted: TargetOpening['edges']): EdgeOptions | undefined {
  return wanted && { ...wanted, table: inspectEdgeTable(db, path) };
}

function isAbsent(path: string): boolean {
  return !existsSync(path) || statSync(path).size === 0;
}

function openStandIn() {
  const db = connect(':memory:');
  return { db, close: () => void db.close() };
}
