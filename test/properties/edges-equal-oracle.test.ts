import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtinLinkers } from '../../src/linkers/index.ts';
import type { EdgeReport, RunReport } from '../../src/model/report.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { linkJob } from '../support/link-job.ts';
import { readEdges } from '../support/read-edges.ts';
import { runJob } from '../support/run-job.ts';
import { afterEvents, runUntil } from '../support/run-until.ts';
import { growth } from './growing-source.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { errorStatuses, sourceCase } from './source-cases.ts';
import { appendToSource, writeSource } from './write-source.ts';

const edges = { linkers: builtinLinkers };
const inserted = ({ edges: made }: Pick<RunReport, 'edges'>) => [made?.inserted, made?.nodes_inserted];

/** Those beyond the ten names of a node are known only to its rows, and a dry run says that there may be such. */
function expectForeseen(dry: EdgeReport | undefined, live: EdgeReport | undefined): void {
  if (dry?.at_least) expect(dry.inserted).toBeLessThanOrEqual(live?.inserted ?? 0);
  else expect(dry).toEqual(live);
}

it('makes of any source the edges that the oracle makes, with nodes or after them, and none twice', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, errorStatuses, async (anySource, statuses) => {
      const { source, target } = nextFiles();
      writeSource(source, { ...anySource, entries: undefined });
      const settings = { errorStatuses: statuses };
      const job = { source, settings };
      const expected = expectedEdges(source, statuses);
      const dry = await runJob({ ...job, target: target(), edges, dryRun: true });
      const report = await runJob({ ...job, target: target(), edges });
      expect(report.error).toBeUndefined();
      expect(readEdges(target())).toEqual(expected);
      expect(inserted(report)).toEqual([expected.edges.length, expected.entities.length]);
      expectForeseen(dry.edges, report.edges);
      expect(inserted(await runJob({ ...job, target: target(), edges, full: true }))).toEqual([0, 0]);
      await runJob({ ...job, target: target('later') });
      const preview = await linkJob({ ...job, target: target('later'), dryRun: true });
      const linked = await linkJob({ ...job, target: target('later') });
      expectForeseen(preview.edges, linked.edges);
      expect(readEdges(target('later'))).toEqual(expected);
      expect(await linkJob({ ...job, target: target('later') })).toMatchObject({ events: 0, edges: { inserted: 0 } });
    }),
    propertyRuns(60),
  );
});

it('comes to the same edges however the source grows and whatever becomes of the runs', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(growth, async ({ first, steps }) => {
      const { source, target } = nextFiles();
      writeSource(source, { ...first, entries: undefined });
      const job = { source, target: target(), edges };
      for (const { added, runs } of steps) {
        appendToSource(source, { ...first, entries: undefined }, added);
        for (const { batchSize, windowRows, full, endAfter } of runs) {
          const usual = { ...job, batchSize, windowRows, full };
          if (endAfter === undefined) await runJob(usual);
          else await runUntil(afterEvents(endAfter), usual);
        }
      }
      expect((await runJob(job)).error).toBeUndefined();
      expect(readEdges(target())).toEqual(expectedEdges(source, ['error']));
    }),
    propertyRuns(30),
  );
});
