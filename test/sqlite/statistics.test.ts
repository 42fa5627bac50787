import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { ErrorFilter } from '../../src/model/statistics.ts';
import { inspectEdgeTable } from '../../src/sqlite/edge-table.ts';
import { dayOfLabelQuery, dayQuery, entriesQuery, labelQuery } from '../../src/sqlite/questions/error-counts.ts';
import { deletedEventsSql } from '../../src/sqlite/questions/event-census.ts';
import { TASK_QUERIES } from '../../src/sqlite/questions/failed-tasks.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { SESSION_QUERIES } from '../../src/sqlite/questions/session-trouble.ts';
import { COUNT_QUERIES } from '../../src/sqlite/questions/statistics-reader.ts';
import { taskEdgeQueries } from '../../src/sqlite/questions/task-edges.ts';
import { subtypeIndexOf } from '../../src/sqlite/search/indexed-scan.ts';
import { KNOWN_SESSION_QUERIES } from '../../src/sqlite/search/known-sessions.ts';
import { inspectTable } from '../../src/sqlite/table-shape.ts';
import { runJob } from '../support/run-job.ts';
import { orchardScene, type Scene, sceneWith } from '../support/scene.ts';

const NONE: ErrorFilter = { tool: undefined, errorType: undefined, since: undefined, until: undefined };
const ONE: ErrorFilter = { tool: 'Bash', errorType: 'timeout', since: 0, until: 2_000_000_000_000 };

async function linked(scene: Scene): Promise<Scene> {
  const { source, target } = scene;
  await runJob({ source, target, edges: { linkers: builtinLinkers } });
  return scene;
}

/** The steps of a query's plan. */
function planOf(db: Database.Database, sql: string): readonly string[] {
  const names = [...new Set(Array.from(sql.matchAll(/@(\w+)/g), ([, name = '']) => name))];
  const values =
    names.length > 0 ? [Object.fromEntries(names.map((name) => [name, 1]))] : [...sql.matchAll(/\?/g)].map(() => 1);
  const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  return plan.all(...values).map(({ detail }) => detail);
}

describe('the plans of statistics', () => {
  test('never walk through all nodes, edges or entries where an index can serve', async () => {
    const { target } = await linked(orchardScene());
    const db = new Database(target, { readonly: true });
    const edges = taskEdgeQueries(inspectEdgeTable(db, target) ?? new Map());
    const { mostCompactions, ...ofSessions } = SESSION_QUERIES;
    const queries = [
      ...[NONE, ONE].flatMap((filter) => [labelQuery('tool', filter, 10), labelQuery('type', filter, 10)]),
      ...[dayQuery(NONE, 14), dayQuery(ONE, 14), dayOfLabelQuery(ONE), entriesQuery(NONE), entriesQuery(ONE)],
    ].map(({ sql }) => sql);
    for (const sql of [
      ...queries,
      ...Object.values({ ...ofSessions, ...COUNT_QUERIES, ...KNOWN_SESSION_QUERIES, ...TASK_QUERIES, ...edges }),
    ]) {
      const steps = planOf(db, sql).join('\n');
      expect(steps, sql).not.toMatch(/kg_nodes/);
      expect(steps, sql).not.toMatch(/SCAN (kg_edges|audit_entries|edge|entry\b)/);
    }
    const shape = inspectTable(db, 'kg_nodes');
    const deleted = planOf(db, shape ? deletedEventsSql(db, shape, subtypeIndexOf(db)) : '').join();
    expect(deleted).toMatch(/SEARCH kg_nodes USING INDEX.*SEARCH audit_entries USING COVERING INDEX/s);
    // Sessions of compactions alone are found among those that the index has, which are no tool errors.
    expect(planOf(db, mostCompactions).join('\n')).toMatch(/SCAN audit_entries USING INDEX audit_entries_by_session/);
    db.close();
  });

  test('let an overview of 100,000 entries take well under 200 ms', async () => {
    const count = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)`;
    const scene = sceneWith((source) => {
      buildSessionsDb(source, usualTables({ entries: [{ id: 1 }] }));
      const db = new Database(source);
      db.prepare(
        `${count} INSERT INTO tool_analytics(session_id, tool_name, status, error_type, task_id, created_at)
         SELECT 'session-' || (i % 2000), 'Tool' || (i % 37), 'error', 'type ' || (i % 11), 'T.' || (i % 500),
           datetime('2026-01-01', i || ' minutes') FROM n`,
      ).run(70_000);
      db.prepare(
        `${count} INSERT INTO entries(id, session_id, timestamp) SELECT i + 1, 'session-' || (i % 3000), datetime('2026-01-01', i || ' minutes') FROM n`,
      ).run(20_000);
      db.prepare(
        `${count} INSERT INTO system_events(entry_id, subtype, compact_trigger) SELECT i, iif(i % 3 = 0, 'compact_boundary', 'turn_duration'), 'auto' FROM n`,
      ).run(20_000);
      db.prepare(
        `${count} INSERT INTO task_tracking(task_id, outcome, status, updated_at) SELECT 'T.' || i, iif(i % 4 = 0, 'failed', 'success'), 'done', datetime('2026-01-01', i || ' minutes') FROM n`,
      ).run(10_000);
      db.close();
    });
    await linked(scene);
    const graph = openGraph(scene.target);
    try {
      const reader = await graph.statistics();
      const took: Record<string, number> = {};
      const time = async (name: string, question: () => Promise<unknown>) => {
        const started = performance.now();
        await question();
        took[name] = performance.now() - started;
      };
      for (let again = 0; again < 2; again++) {
        await time('kinds', () => reader.kinds(NONE));
        for (const by of ['tool', 'type', 'day'] as const) await time(by, () => reader.errorsBy(by, NONE, 10));
        await time('sessions', () => reader.sessions(NONE, 10));
        await time('compactions', () => reader.compactions(NONE, 10));
        await time('tasks', () => reader.failedTasks(NONE, 10));
        await time('known', () => reader.knownSessions());
        await time('census', () => reader.census());
      }
      expect(
        Object.values(took).reduce((sum, ms) => sum + ms, 0),
        JSON.stringify(took),
      ).toBeLessThan(150);
    } finally {
      await graph.close();
    }
  }, 60_000);
});
