import { readProperties } from '../model/properties.ts';
import type { PastRun } from '../model/status.ts';
import type { Transaction } from './transaction.ts';

/** Reads the last runs that changed something, the last one first. */
export async function readPastRuns(tx: Transaction, count: number): Promise<readonly PastRun[]> {
  const rows = await tx.run<{
    number: bigint;
    started: string;
    finished: string | null;
    outcome: string | null;
    report: string | null;
  }>(
    `MATCH (r:AuditRun) WHERE r.number > 0 WITH r ORDER BY r.number DESC LIMIT $count
     RETURN r.number AS number, r.started_at AS started, r.finished_at AS finished, r.outcome AS outcome,
       r.report AS report`,
    { count: BigInt(count) },
  );
  return rows.map(({ number, started, finished, outcome, report }) => {
    const { mode, totals } = readProperties(report);
    return {
      id: Number(number),
      started_at: started,
      finished_at: finished,
      outcome,
      mode: typeof mode === 'string' ? mode : null,
      totals: isCounts(totals) ? totals : null,
    };
  });
}

/** The report is JSON of our own. */
function isCounts(value: unknown): value is NonNullable<PastRun['totals']> {
  return typeof value === 'object' && value !== null;
}
