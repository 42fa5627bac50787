import type { RunEvent } from '../../src/engine/run-event.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { type ExtractJob, extract } from '../../src/jobs/extract.ts';
import type { Change } from '../../src/model/node.ts';
import type { RunReport } from '../../src/model/report.ts';

/** The two files, and what of the job is not as usual. */
export type RunJobOptions = Pick<ExtractJob, 'source' | 'target'> & Partial<ExtractJob>;

/** Runs the main job in this process, with all built-in extractors unless others are given, and gives its report. */
export async function runJob(options: RunJobOptions): Promise<RunReport> {
  return (await runJobWithChanges(options)).report;
}

/** Runs the main job and gives its report and every change that it made, or would make. */
export async function runJobWithChanges(
  options: RunJobOptions,
): Promise<{ readonly report: RunReport; readonly changes: readonly Change[] }> {
  const events: RunEvent[] = [];
  for await (const event of extract({ ...USUAL_JOB, signal: new AbortController().signal, ...options }))
    events.push(event);
  const changes = events
    .flatMap((event) => (event.type === 'batch-written' ? event.changes : []))
    .filter(({ action }) => action !== 'unchanged');
  const last = events.at(-1);
  if (last?.type !== 'run-finished') throw new Error('the run ended without a report');
  return { report: last.report, changes };
}

export const USUAL_JOB = {
  extractors: builtinExtractors,
  settings: { errorStatuses: ['error'] },
  batchSize: 1000,
  dryRun: false,
  clock: Date.now,
} as const;
