import { builtinExtractors } from '../../src/extractors/index.ts';
import { type VerifyJob, verifyGraph } from '../../src/jobs/verify.ts';
import type { VerifyReport } from '../../src/model/verification.ts';

/** Verifies a graph in this process and gives the report. */
export async function verifyJob(
  options: Pick<VerifyJob, 'source' | 'target'> & Partial<VerifyJob>,
): Promise<VerifyReport> {
  const job: VerifyJob = {
    extractors: builtinExtractors,
    settings: { errorStatuses: ['error'] },
    nodes: 'all',
    expected: undefined,
    signal: new AbortController().signal,
    clock: Date.now,
    ...options,
  };
  for await (const event of verifyGraph(job)) if (event.type === 'verified') return event.report;
  throw new Error('the verification ended without a report');
}
