import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContent } from '../behaviour/graph-place.ts';
import { editTasks } from '../properties/edit-tasks.ts';
import { growth } from '../properties/growing-source.ts';
import { numberedFiles } from '../properties/numbered-files.ts';
import { propertyRuns } from '../properties/property-runs.ts';
import { expectDone, ANY_EXTRACTORS as extractors, runAsUsual } from '../properties/run-as-usual.ts';
import { appendToSource, writeSource } from '../properties/write-source.ts';
import { runJob } from '../support/run-job.ts';
import { verifyJob } from '../support/verify-job.ts';
import { type Neo4jPlace, openNeo4jPlace } from './neo4j-place.ts';
import { noNeo4jHere, type OpenNeo4j, openNeo4j } from './open-neo4j.ts';

describe.skipIf(noNeo4jHere({ own: false }))('runs into Neo4j', { timeout: 600_000 }, () => {
  let server: OpenNeo4j;
  let place: Neo4jPlace;

  beforeAll(async () => {
    server = await openNeo4j();
    place = openNeo4jPlace(server);
  }, 600_000);
  afterAll(async () => {
    await place?.close();
    await server?.stop();
  });

  it('come to the graph, and the fingerprint, of one clean run into a file, however the source grows and they end', async () => {
    const nextFiles = numberedFiles();
    await fc.assert(
      fc.asyncProperty(
        growth,
        fc.option(fc.constant('lap-1'), { nil: undefined }),
        async ({ first, steps }, origin) => {
          const files = nextFiles();
          const { source } = files;
          const target = await place.newTarget();
          writeSource(source, first);
          for (const { added, edits, runs, errorStatuses } of steps) {
            const job = { source, target, origin, settings: { errorStatuses } };
            appendToSource(source, first, added);
            editTasks(source, first, edits);
            for (const habit of runs) await runAsUsual(job, habit);
            const { error, totals } = await verifyJob({ ...job, extractors });
            expect([error, totals.extra, totals.altered, totals.missing]).toEqual([undefined, 0, 0, 0]);
          }
          const last = steps.at(-1)?.errorStatuses ?? ['error'];
          const job = { source, origin, extractors, settings: { errorStatuses: last } };
          const ours = await runJob({ ...job, target });
          const clean = await runJob({ ...job, target: files.target() });
          expectDone(ours);
          expect(ours.fingerprint).toBe(clean.fingerprint);
          expect(await readContent(target)).toEqual(await readContent(files.target()));
        },
      ),
      propertyRuns(8),
    );
  });
});
