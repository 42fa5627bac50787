import type { History } from '../../model/graph-database.ts';
import type { Connection } from '../connection.ts';
import { readPastRuns } from '../past-runs.ts';
import { hasRecord } from '../schema.ts';
import { readCheckpoints } from './checkpoints.ts';
import { readMeta } from './meta.ts';

/** Reads what a graph remembers of its last runs, so many at the most, of whatever origin. */
export async function readHistory(connection: Connection, runs: number): Promise<History> {
  if (!(await hasRecord(connection))) return { lastChecked: null, runs: [], checkpoints: [] };
  return connection.read(async (tx) => ({
    lastChecked: (await readMeta(tx, 'last_checked')) ?? null,
    runs: await readPastRuns(tx, runs),
    checkpoints: await readCheckpoints(tx),
  }));
}
