import type { RunEvent } from '../../src/engine/run-event.ts';
import { extract } from '../../src/jobs/extract.ts';
import type { RunReport } from '../../src/model/report.ts';
import { type RunJobOptions, USUAL_JOB } from './run-job.ts';

/** Whether a run is asked to end at this event; `seen` is how many there have been, this one included. */
export type Ending = (event: RunEvent, seen: number) => boolean;

/** After so many events. */
export const afterEvents =
  (count: number): Ending =>
  (_, seen) =>
    seen === count;

/** After the nth batch that an extractor has written. */
export function afterBatches(extractor: string, count: number): Ending {
  let batches = 0;
  return (event) => event.type === 'batch-written' && event.extractor === extractor && ++batches === count;
}

/** Runs the main job and asks it to end at a certain event; it goes to its own end where that never comes. */
export async function runUntil(ending: Ending, options: RunJobOptions): Promise<RunReport> {
  const controller = new AbortController();
  let seen = 0;
  let report: RunReport | undefined;
  for await (const event of extract({ ...USUAL_JOB, ...options, signal: controller.signal })) {
    seen++;
    if (ending(event, seen)) controller.abort('SIGTERM');
    if (event.type === 'run-finished') report = event.report;
  }
  if (report === undefined) throw new Error('the run ended without a report');
  return report;
}
