import Database from 'better-sqlite3';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { type Scene, sceneWith } from './scene.ts';

/** So many events, half as many tasks, and half as many failed calls: ten for each node when there are thousands. */
export function bigScene(events: number, gap = 1): Scene {
  return sceneWith((source) => {
    buildSessionsDb(source, usualTables({}));
    growBy(source, events, gap);
  });
}

/**
 * Adds as many rows as a big scene of so many events has, as a live writer does. The ids of calls may have gaps: from
 * 200,000 ids on they are read in a thread, however few they are.
 */
export function growBy(source: string, events: number, gap = 1): void {
  const db = new Database(source);
  const kinds = Math.ceil(events / 20);
  const count = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)`;
  db.prepare(
    `${count} INSERT INTO system_events(entry_id, subtype, level, content)
     SELECT i, 'local_command', 'info', 'command ' || i || ' ' || printf('%.*c', i % 400, 'x') FROM n`,
  ).run(events);
  db.prepare(
    `${count} INSERT INTO tool_analytics(id, session_id, tool_name, status, error_type, execution_time_ms, created_at)
     SELECT (SELECT coalesce(max(id), 0) FROM tool_analytics) + i * ${gap}, 'session-' || (i % 50), 'Tool' || (i % (${kinds})), 'error', 'failure', i, '2026-03-01T08:00:00Z' FROM n`,
  ).run(Math.ceil(events / 2));
  db.prepare(
    `${count} INSERT INTO task_tracking(task_id, task_description, status, outcome)
     SELECT 'T.' || i, 'task number ' || i, 'completed', 'success' FROM n`,
  ).run(Math.ceil(events / 2));
  db.close();
}
