import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildSessionsDb, usualTables } from '../../fixtures/sessions-db.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { expectedCounts } from '../oracle/event-counts.ts';
import { hostileAppendedExtractor, hostileExtractor } from '../support/hostile-extractor.ts';
import { countedEntries, keptCounts } from '../support/read-counts.ts';
import { type RunJobOptions, runJob } from '../support/run-job.ts';
import { afterEvents, runUntil } from '../support/run-until.ts';
import { editTasks } from './edit-tasks.ts';
import { type Growth, growth, type RunHabit } from './growing-source.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { appendToSource, writeSource } from './write-source.ts';

const extractors = [...builtinExtractors, hostileExtractor, hostileAppendedExtractor];
const ALL = Object.fromEntries(extractors.map(({ prefix, subtype }) => [prefix, subtype]));
const BUILTIN = builtinExtractors.map(({ subtype }) => subtype);

/** Whether in which session and when events were is what the oracle knows to tell. */
function withKnownMoments({ first }: Growth): boolean {
  const { tables, entries } = first;
  if (entries === undefined) return true;
  return tables.system_events.shape.ids === 'rowid' && entries.shape.ids === 'rowid' && !entries.shape.view;
}

async function runAsUsual(job: RunJobOptions, habit: RunHabit): Promise<void> {
  const { batchSize, windowRows, full, endAfter, only } = habit;
  const chosen = extractors.filter((_, at) => only === undefined || only & (1 << at));
  const usual = { ...job, extractors: chosen, batchSize, windowRows, full };
  if (endAfter === undefined) await runJob(usual);
  else await runUntil(afterEvents(endAfter), usual);
}

function expectTrueToEntries(target: string): void {
  expect(keptCounts(target, Object.values(ALL))).toEqual(countedEntries(target, ALL));
}

it('counts of days, labels and sessions are those of the source, whatever becomes of it and of the runs', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(growth.filter(withKnownMoments), async ({ first, steps }) => {
      const { source, target } = nextFiles();
      writeSource(source, first);
      let job: RunJobOptions = { source, target: target() };
      let statuses: readonly string[] = [];
      for (const { added, edits, runs, errorStatuses } of steps) {
        statuses = errorStatuses;
        job = { ...job, settings: { errorStatuses } };
        appendToSource(source, first, added);
        editTasks(source, first, edits);
        for (const habit of runs) {
          await runAsUsual(job, habit);
          expectTrueToEntries(job.target);
        }
      }
      await runJob({ ...job, extractors });
      expectTrueToEntries(job.target);
      expect(keptCounts(job.target, BUILTIN)).toEqual(expectedCounts(source, statuses));
      await runJob({ ...job, extractors, full: true });
      expect(keptCounts(job.target, BUILTIN)).toEqual(expectedCounts(source, statuses));
    }),
    propertyRuns(60),
  );
});

it('counts stay true to what is recorded where another source takes the place of the first', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(growth, growth, fc.boolean(), async (one, other, full) => {
      const files = [nextFiles(), nextFiles()] as const;
      writeSource(files[0].source, one.first);
      writeSource(files[1].source, other.first);
      for (const { added } of one.steps) appendToSource(files[0].source, one.first, added);
      for (const { added } of other.steps) appendToSource(files[1].source, other.first, added);
      const target = files[0].target();
      for (const { source } of [files[0], files[1], files[0]]) {
        await runJob({ source, target, extractors, acceptSource: true, full });
        expectTrueToEntries(target);
      }
    }),
    propertyRuns(20),
  );
});

it('counts keep names apart that hold what others are parted by', async () => {
  const { source, target } = numberedFiles()();
  const error = (tool_name: string, error_type: string) => ({
    session_id: 's',
    tool_name,
    error_type,
    status: 'error',
  });
  const tool_analytics = [error('a\0b', 'c'), error('a', 'b\0c'), error('a', 'b\0c')];
  buildSessionsDb(source, usualTables({ tool_analytics }));
  await runJob({ source, target: target() });
  expect(keptCounts(target(), BUILTIN).labels).toEqual(
    new Map([
      [JSON.stringify(['tool_error', 'a', 'b\0c']), [1, 2]],
      [JSON.stringify(['tool_error', 'a\0b', 'c']), [1, 1]],
    ]),
  );
});
