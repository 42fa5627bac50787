import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ExpectedNode } from '../oracle/expected-node.ts';
import { expectedNodes } from '../oracle/expected-nodes.ts';
import { runJob } from '../support/run-job.ts';
import { graphContent } from './graph-content.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { errorStatuses, sourceCase } from './source-cases.ts';
import { writeSource } from './write-source.ts';

it('makes of any source the nodes that the oracle makes', async () => {
  const nextFiles = numberedFiles();
  await fc.assert(
    fc.asyncProperty(sourceCase, errorStatuses, async (source, statuses) => {
      const files = nextFiles();
      writeSource(files.source, source);
      const report = await runJob({
        source: files.source,
        target: files.target(),
        settings: { errorStatuses: statuses },
      });
      expect(report.extractors.map(({ status, error }) => error ?? status)).toEqual(['ok', 'ok', 'ok']);
      const expected = expectedNodes(files.source, statuses);
      expect(graphContent(files.target())).toEqual(expected);
      expect(report.totals).toMatchObject({ inserted: expected.length, updated: 0, unchanged: 0 });
      const [errors, ...others] = report.extractors;
      expect(errors?.read).toBe(errorCount(expected));
      for (const { read, inserted, skipped } of others) expect(read).toBe(inserted + skipped);
    }),
    propertyRuns(100),
  );
});

function errorCount(nodes: readonly ExpectedNode[]): number {
  const counts = nodes.map(({ properties }) => JSON.parse(properties).error_count ?? 0);
  return counts.reduce((sum, count) => sum + count, 0);
}
