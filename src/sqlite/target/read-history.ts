import type { Database } from 'better-sqlite3';
import type { History } from '../../model/graph-database.ts';
import { hasAuditTables } from '../audit-tables.ts';
import { readPastRuns } from '../past-runs.ts';
import { openWithoutTrace } from '../read-only.ts';
import { type Place, translating } from '../translate-error.ts';
import { prepareCheckpointStatements } from './checkpoint-statements.ts';

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
