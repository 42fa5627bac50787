import type { Database } from 'better-sqlite3';
import type { GraphState } from '../../model/graph-state.ts';
import { hasKnownTables, recordOf } from '../audit-tables.ts';
import { readPastRuns } from '../past-runs.ts';
import { problemsOf } from '../table-problems.ts';

/** Looks at what takes no longer in a large graph than in a small one. */
export function readGraphState(db: Database, path: string): GraphState {
  const [lastRun = null] = hasKnownTables(db) ? readPastRuns(db, 1) : [];
  return { record: recordOf(db), problems: problemsOf(db, path), lastRun };
}
