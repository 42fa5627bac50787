import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runJob } from '../support/run-job.ts';
import { graphContent } from './graph-content.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

const SIZES = [
  { batchSize: 1 },
  { batchSize: 2, windowRows: 1 },
  { batchSize: 7, windowRows: 2 },
  { batchSize: 1000, windowRows: 1 },
  { batchSize: 1000, windowRows: 7 },
] as const;

it('makes the same nodes and the same report whatever the size of batches and windows', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, async (case_) => {
      const { source, target } = nextFiles();
      writeSource(source, case_);
      const usual = await runJob({ source, target: target() });
      const expected = graphContent(target());
      for (const [at, sizes] of SIZES.entries()) {
        const report = await runJob({ source, target: target(`sized-${at}`), ...sizes });
        expect(graphContent(target(`sized-${at}`))).toEqual(expected);
        expect(report.extractors).toEqual(usual.extractors);
      }
    }),
    propertyRuns(30),
  );
});
