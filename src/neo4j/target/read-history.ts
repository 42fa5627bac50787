import type { History } from '../../model/graph-database.ts';
import type { RunReport } from '../../model/report.ts';
import type { PastRun } from '../../model/status.ts';
import type { Connection } from '../connection.ts';
import { hasRecord } from '../schema.ts';
import type { Transaction } from '../transaction.ts';
import { readCheckpoints } from './checkpoints.ts';
import { readMeta } from './meta.ts';

interface Row {
  readonly number: bigint;
  readonly started: string;
  readonly finished: string | null;
  readonly outcome: string | null;
  readonly report: string | null;
}

/** Reads what a graph remembers of its last runs, so many at the most, of whatever origin. */
export async function readHistory(connection: Connection, runs: number): Promise<History> {
  if (!(await hasRecord(connection))) return { lastChecked: null, runs: [], checkpoints: [] };
  return connection.read(async (tx) => ({
    lastChecked: (await readMeta(tx, 'last_checked')) ?? null,
    runs: await readPastRuns(tx, runs),
    checkpoints: await readCheckpoints(tx),
  }));
}

async function readPastRuns(tx: Transaction, limit: number): Promise<readonly PastRun[]> {
  const rows = await tx.run<Row>(
    `MATCH (r:AuditRun) WHERE r.number > 0
     RETURN r.number AS number, r.started_at AS started, r.finished_at AS finished, r.outcome AS outcome, r.report AS report
     ORDER BY r.number DESC LIMIT $limit`,
    { limit: BigInt(limit) },
  );
  return rows.map(({ number, started, finished, outcome, report }) => {
    const { mode, totals }: Partial<RunReport> = report === null ? {} : JSON.parse(report);
    const times = { started_at: started, finished_at: finished };
    return { id: Number(number), ...times, outcome, mode: mode ?? null, totals: totals ?? null };
  });
}
