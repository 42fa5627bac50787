import { expect } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import type { RunReport } from '../../src/model/report.ts';
import { hostileAppendedExtractor, hostileExtractor } from '../support/hostile-extractor.ts';
import { type RunJobOptions, runJob } from '../support/run-job.ts';
import { afterEvents, runUntil } from '../support/run-until.ts';
import type { RunHabit } from './growing-source.ts';

/** Those of the house, and those of others. */
export const ANY_EXTRACTORS = [...builtinExtractors, hostileExtractor, hostileAppendedExtractor];

export function expectDone({ error, extractors: reports }: RunReport): void {
  expect([error, ...reports.map(({ error: own }) => own)].filter(Boolean)).toEqual([]);
}

/** One run as it may happen; gives whether it was whole. */
export async function runAsUsual(job: RunJobOptions, habit: RunHabit): Promise<boolean> {
  const { batchSize, windowRows, full, endAfter, only } = habit;
  const chosen = ANY_EXTRACTORS.filter((_, at) => only === undefined || only & (1 << at));
  const usual = { ...job, extractors: chosen, batchSize, windowRows, full };
  if (habit.planned) {
    const dry = await runJob({ ...usual, dryRun: true });
    expectDone(dry);
    if (dry.plan !== undefined) {
      const live = await runJob({ ...usual, plan: dry.plan });
      expectDone(live);
      expect(live.totals).toEqual(dry.totals);
    }
  }
  const report = endAfter === undefined ? await runJob(usual) : await runUntil(afterEvents(endAfter), usual);
  if (report.error?.code === 'interrupted-sigterm') return false;
  expectDone(report);
  return chosen.length === ANY_EXTRACTORS.length;
}
