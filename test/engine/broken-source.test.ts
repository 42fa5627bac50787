import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  buildNoDatabase,
  buildScribbledEvents,
  buildScribbledSchema,
  buildTruncated,
} from '../../fixtures/scenarios/broken-files.ts';
import { readContent } from '../support/read-graph.ts';
import { runJob } from '../support/run-job.ts';
import { tempFolder } from '../support/temp-folder.ts';

function broken(build: (path: string) => void) {
  const folder = tempFolder();
  build(join(folder, 'sessions.db'));
  return { source: join(folder, 'sessions.db'), target: join(folder, 'org.db') };
}

describe('a source that is broken', () => {
  it.each([
    ['is no database', buildNoDatabase],
    ['is cut short', buildTruncated],
    ['has a schema that cannot be read', buildScribbledSchema],
  ])('because it %s is refused before anything is made', async (_, build) => {
    const job = broken(build);
    await expect(runJob(job)).rejects.toMatchObject({ code: 'source-not-a-database' });
    expect(existsSync(job.target)).toBe(false);
  });

  it('in one table fails the extractor of that table and not the others', async () => {
    const job = broken(buildScribbledEvents);
    const report = await runJob(job);
    expect(report.extractors.map(({ status, error }) => [status, error?.code])).toEqual([
      ['ok', undefined],
      ['failed', 'source-corrupt'],
      ['ok', undefined],
    ]);
    expect(readContent(job.target).map(({ subtype }) => subtype)).toEqual(['tool_error']);
  });
});
