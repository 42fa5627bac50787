import { AuditError } from '../../model/errors.ts';
import type { GraphState } from '../../model/graph-state.ts';
import type { Connection } from '../connection.ts';
import { readPastRuns } from '../past-runs.ts';
import { hasRecord } from '../schema.ts';

/** Looks at what takes no longer in a large graph than in a small one. */
export async function readGraphState(connection: Connection): Promise<GraphState> {
  const record = await recordOf(connection);
  const [lastRun = null] = record === 'known' ? await connection.read((tx) => readPastRuns(tx, 1)) : [];
  return { record, problems: [], lastRun };
}

/** Our own record: none yet, as this program knows it, or of another version. */
export async function recordOf(connection: Connection): Promise<GraphState['record']> {
  try {
    return (await hasRecord(connection)) ? 'known' : 'none';
  } catch (error) {
    if (error instanceof AuditError && error.code === 'target-schema') return 'unknown';
    throw error;
  }
}
