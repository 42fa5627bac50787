import { builtinExtractors } from '../../src/extractors/index.ts';
import { extract } from '../../src/jobs/extract.ts';
import type { RunReport } from '../../src/model/report.ts';

export interface RunJobOptions {
  readonly source: string;
  readonly target: string;
  readonly errorStatuses?: readonly string[];
  readonly batchSize?: number;
  readonly dryRun?: boolean;
  readonly clock?: () => number;
}

/** Runs the main job with all built-in extractors in this process and gives its report. */
export async function runJob({
  source,
  target,
  errorStatuses = ['error'],
  batchSize = 1000,
  dryRun = false,
  clock = Date.now,
}: RunJobOptions): Promise<RunReport> {
  let report: RunReport | undefined;
  const job = { source, target, extractors: builtinExtractors, settings: { errorStatuses }, batchSize, dryRun, clock };
  for await (const event of extract({ ...job, signal: new AbortController().signal })) {
    if (event.type === 'run-finished') report = event.report;
  }
  if (!report) throw new Error('the run ended without a report');
  return report;
}
