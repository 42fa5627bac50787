import type { Database } from 'better-sqlite3';
import type { Checkpoint } from '../../model/checkpoint.ts';
import type { PastRun } from '../../model/status.ts';
import { hasAuditTables } from '../audit-tables.ts';
import { readPastRuns } from '../past-runs.ts';
import { openWithoutTrace } from '../read-only.ts';
import { type Place, translating } from '../translate-error.ts';
import { prepareCheckpointStatements } from './checkpoint-statements.ts';

/** What a graph remembers of the runs that wrote it. */
export interface History {
  readonly lastChecked: string | null;
  /** The last runs that changed something, the last one first. */
  readonly runs: readonly PastRun[];
  readonly checkpoints: readonly Checkpoint[];
}

/** Reads what a graph remembers; the file is left as it is. */
export function readHistory(path: string, runs: number): History {
  const place: Place = { role: 'target', path };
  return translating(place, () => {
    const { db, close } = openWithoutTrace(path);
    try {
      return hasAuditTables(db) ? read(db, runs) : { lastChecked: null, runs: [], checkpoints: [] };
    } finally {
      close();
    }
  });
}

function read(db: Database, runs: number): History {
  const lastChecked = db.prepare<[], string>("SELECT value FROM audit_meta WHERE name = 'last_checked'").pluck();
  return {
    lastChecked: lastChecked.get() ?? null,
    runs: readPastRuns(db, runs),
    checkpoints: prepareCheckpointStatements(db).all(),
  };
}
