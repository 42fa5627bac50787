import type { Database } from 'better-sqlite3';
import type { PastRun } from '../model/status.ts';

/** Reads the last runs that changed something, the last one first. Our tables must be there. */
export function readPastRuns(db: Database, count: number): readonly PastRun[] {
  // The report is JSON of our own; its parts are read where they are.
  const last = db.prepare<[number], Omit<PastRun, 'origin' | 'totals'> & Record<'origin' | 'totals', string | null>>(
    `SELECT id, report ->> 'origin' AS origin, started_at, finished_at, outcome, report ->> 'mode' AS mode,
       report -> 'totals' AS totals
     FROM audit_runs ORDER BY id DESC LIMIT ?`,
  );
  return last.all(count).map(({ id, origin, ...run }) => ({
    id,
    ...(origin !== null && { origin }),
    ...run,
    totals: run.totals === null ? null : JSON.parse(run.totals),
  }));
}
