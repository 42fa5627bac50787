import fc from 'fast-check';
import { expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { expectedNodes } from '../oracle/expected-nodes.ts';
import { readEntries } from '../support/read-audit.ts';
import { readNodes } from '../support/read-graph.ts';
import { type RunJobOptions, runJob } from '../support/run-job.ts';
import { verifyJob } from '../support/verify-job.ts';
import { editTasks } from './edit-tasks.ts';
import { graphContent } from './graph-content.ts';
import { growth } from './growing-source.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { ANY_EXTRACTORS, expectDone, runAsUsual } from './run-as-usual.ts';
import { appendToSource, writeSource } from './write-source.ts';

const extractors = ANY_EXTRACTORS;
const OF_THE_ORACLE = new Set(builtinExtractors.map(({ subtype }) => subtype));

/** What a graph comes to: its nodes, and how many drafts each was folded from. */
function outcome(target: string) {
  return { nodes: graphContent(target), drafts: readEntries(target).map(({ key, drafts }) => [key, drafts]) };
}

it('comes to the graph of one clean run, however the source grows and whatever becomes of the runs', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(growth, async ({ first, steps }) => {
      const { source, target } = nextFiles();
      writeSource(source, first);
      let job: RunJobOptions = { source, target: target() };
      let statuses: readonly string[] = [];
      const expectSameAsClean = async (name: string) => {
        const clean = await runJob({ ...job, target: target(name), extractors });
        expect(outcome(target())).toEqual(outcome(target(name)));
        expect((await verifyJob({ ...job, extractors, settings: { errorStatuses: statuses } })).fingerprint).toBe(
          clean.fingerprint,
        );
      };
      for (const [at, { added, edits, runs, errorStatuses }] of steps.entries()) {
        statuses = errorStatuses;
        job = { ...job, settings: { errorStatuses } };
        appendToSource(source, first, added);
        editTasks(source, first, edits);
        let isWhole = false;
        for (const habit of runs) isWhole = await runAsUsual(job, habit);
        const { error, totals } = await verifyJob({ ...job, extractors, settings: { errorStatuses } });
        expect([error, totals.extra, totals.altered, totals.missing]).toEqual([undefined, 0, 0, 0]);
        if (isWhole) await expectSameAsClean(`clean-${at}`);
      }
      expectDone(await runJob({ ...job, extractors }));
      await expectSameAsClean('clean');
      const ours = graphContent(target()).filter(({ subtype }) => OF_THE_ORACLE.has(subtype));
      expect(ours).toEqual(expectedNodes(source, statuses));
      const nodes = readNodes(target());
      const full = await runJob({ ...job, extractors, full: true });
      expectDone(full);
      expect(full.totals).toMatchObject({ inserted: 0, updated: 0 });
      expect(readNodes(target())).toEqual(nodes);
    }),
    propertyRuns(40),
  );
});
