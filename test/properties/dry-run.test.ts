import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.ts';
import { runJobWithChanges } from '../support/run-job.ts';
import { folderContents } from './folder-contents.ts';
import { numberedFiles } from './numbered-files.ts';
import { propertyRuns } from './property-runs.ts';
import { sourceCase } from './source-cases.ts';
import { splitSource } from './split-source.ts';
import { appendToSource, writeSource } from './write-source.ts';

/** What a dry run promises; the ways the two runs may differ are left out. */
function promised({ totals, extractors, error }: RunReport) {
  return { totals, extractors, error };
}

it('reports in a dry run what the live run then does, and writes nothing', async () => {
  const nextFiles = numberedFiles();
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(sourceCase, share, async (case_, part) => {
      const { source, target } = nextFiles();
      const folder = `${target('graph')}-folder`;
      mkdirSync(folder);
      const job = { source, target: join(folder, 'org.db') };
      const previewThenRun = async () => {
        const before = folderContents(folder);
        const dry = await runJobWithChanges({ ...job, dryRun: true });
        expect(folderContents(folder)).toEqual(before);
        const live = await runJobWithChanges(job);
        expect(promised(dry.report)).toEqual(promised(live.report));
        expect(dry.changes).toEqual(live.changes);
      };
      const { before, appended } = splitSource(case_, part);
      writeSource(source, before);
      await previewThenRun();
      appendToSource(source, before, appended);
      await previewThenRun();
    }),
    propertyRuns(40),
  );
});
