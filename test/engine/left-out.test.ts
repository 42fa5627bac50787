import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { buildSessionsDb, type FixtureRow, usualTables } from '../../fixtures/sessions-db.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { readEverything } from '../support/read-audit.ts';
import { runJob } from '../support/run-job.ts';
import { sceneWith } from '../support/scene.ts';

const calls = (name: string): readonly FixtureRow[] =>
  Array.from({ length: 20 }, (_, i) => ({ session_id: name, tool_name: `T${i}`, status: 'error' }));

const sourceOf = (name: string) => (path: string) =>
  buildSessionsDb(path, usualTables({ tool_analytics: calls(name), task_tracking: [{ task_id: name }] }));

const [toolErrors, , taskCompletions] = builtinExtractors;
const only = (...extractors: readonly (typeof toolErrors)[]) => ({
  extractors: extractors.filter((extractor) => extractor !== undefined),
});

describe('a source that an extractor which is left out would not know', () => {
  it('is refused, though no other could tell, and nothing is written', async () => {
    const [one, other] = [sceneWith(sourceOf('one')), sceneWith(sourceOf('other'))];
    await runJob({ ...one, ...only(toolErrors, taskCompletions) });
    const before = readEverything(one.target);
    const report = await runJob({ source: other.source, target: one.target, ...only(taskCompletions) });
    expect(report.error).toMatchObject({ code: 'source-changed' });
    expect(readEverything(one.target)).toEqual(before);
  });

  it('is taken with acceptSource', async () => {
    const [one, other] = [sceneWith(sourceOf('one')), sceneWith(sourceOf('other'))];
    await runJob({ ...one, ...only(toolErrors, taskCompletions) });
    const job = { source: other.source, target: one.target, acceptSource: true };
    expect((await runJob({ ...job, ...only(taskCompletions) })).error).toBeUndefined();
  });

  it('is no stranger for want of a column: the others go on', async () => {
    const one = sceneWith(sourceOf('one'));
    await runJob({ ...one, ...only(toolErrors, taskCompletions) });
    const db = new Database(one.source);
    db.exec('ALTER TABLE tool_analytics RENAME COLUMN agent_name TO agent');
    db.close();
    expect((await runJob({ ...one, ...only(taskCompletions) })).error).toBeUndefined();
  });
});
