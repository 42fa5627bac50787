import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectedNodes } from '../oracle/expected-nodes.ts';
import { runJob } from '../support/run-job.ts';
import { graphContent } from './graph-content.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { sourceCase } from './source-cases.ts';
import { splitSource } from './split-source.ts';
import { appendToSource, writeSource } from './write-source.ts';

it('comes to the graph of one clean run when rows are appended between two runs', async () => {
  const nextFiles = numberedFiles();
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(sourceCase, share, async (case_, part) => {
      const { source, target } = nextFiles();
      const { before, appended } = splitSource(case_, part);
      writeSource(source, before);
      await runJob({ source, target: target() });
      appendToSource(source, before, appended);
      const second = await runJob({ source, target: target(), batchSize: 3 });
      expect(second.error).toBeUndefined();
      await runJob({ source, target: target('clean') });
      expect(graphContent(target())).toEqual(graphContent(target('clean')));
      expect(graphContent(target())).toEqual(expectedNodes(source, ['error']));
    }),
    propertyRuns(50),
  );
});
