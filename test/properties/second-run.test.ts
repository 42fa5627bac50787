import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readNodes } from '../support/read-graph.ts';
import { runJob } from '../support/run-job.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { errorStatuses, sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

it('finds everything unchanged in a second run and in a full one, times of writing included', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, errorStatuses, async (case_, statuses) => {
      const { source, target } = nextFiles();
      writeSource(source, case_);
      const job = { source, target: target(), settings: { errorStatuses: statuses } };
      await runJob({ ...job, clock: () => Date.UTC(2026, 0, 1) });
      const nodes = readNodes(target());
      for (const full of [false, true]) {
        const again = await runJob({ ...job, full, clock: () => Date.UTC(2026, 0, 2) });
        expect(again.totals).toMatchObject({ inserted: 0, updated: 0 });
        expect(again.error).toBeUndefined();
        expect(readNodes(target())).toEqual(nodes);
      }
    }),
    propertyRuns(50),
  );
});
