import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/engine/run.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { event, failure, failures, orchard, partOf, task } from '../support/growing-orchard.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';

const warningsOf = async (scene: ReturnType<typeof orchard>, options = {}) =>
  partOf(await scene.run(options), 'tool-errors').warnings;

describe('error statuses that match nothing', () => {
  const called = (...statuses: readonly (string | null)[]) =>
    orchard({ tool_analytics: statuses.map((status) => failure({ status })) });

  it('are worth a warning that names what is there', async () => {
    const [warning, ...others] = await warningsOf(called('failed', 'success', 'Error', 'failed'));
    expect(others).toEqual([]);
    expect(warning).toMatch(/no row has the wanted status.*success.*'failed', 'Error'$/);
  });

  it('are not where everything succeeded, or has no status', async () => {
    expect(await warningsOf(called('success', 'success', null, ''))).toEqual([]);
    expect(await warningsOf(called())).toEqual([]);
  });

  it('are not where one row has the wanted one', async () => {
    expect(await warningsOf(called('failed', 'error'))).toEqual([]);
  });

  it('are worth it in a dry run and in a full one', async () => {
    const scene = called('failed');
    expect(await warningsOf(scene, { dryRun: true })).toHaveLength(1);
    expect(await warningsOf(scene)).toHaveLength(1);
    expect(await warningsOf(scene, { full: true })).toHaveLength(1);
  });

  it('are worth it in a later run that has read many rows, and not in one that has read a few', async () => {
    const scene = called('error', 'success');
    await scene.run();
    scene.append('tool_analytics', ...failures(10, () => ({ status: 'failed' })));
    expect(await warningsOf(scene)).toEqual([]);
    scene.append('tool_analytics', ...failures(1000, () => ({ status: 'failed' })));
    expect(await warningsOf(scene)).toEqual([expect.stringContaining("'failed'")]);
    expect(await warningsOf(scene)).toEqual([]);
  });
});

describe('a table that had rows', () => {
  it('is worth a warning when it has none now: its nodes stay', async () => {
    const scene = orchard({ task_tracking: [task('A.1'), task('A.2')] });
    await scene.run();
    scene.change('DELETE FROM task_tracking');
    const part = partOf(await scene.run(), 'task-completions');
    expect(part).toMatchObject({ status: 'ok', read: 0 });
    expect(part.warnings).toEqual(['task_tracking gave 2 rows before, and none now']);
    expect(readContent(scene.target)).toHaveLength(2);
  });

  it('is worth a warning when it is gone, and says how many it gave', async () => {
    const scene = orchard({ system_events: [event('a'), event('b')], task_tracking: [task('A.1')] });
    await scene.run();
    scene.change('DROP TABLE system_events');
    scene.change('DROP TABLE task_tracking');
    const report = await scene.run();
    expect(exitCodeOf(report)).toBe(0);
    const gone = (name: string) => partOf(report, name).warnings[0];
    expect(gone('session-boundaries')).toMatch(/^no table system_events .*, which gave 2 rows before$/);
    expect(gone('task-completions')).toMatch(/^no table task_tracking .*, which gave 1 rows? before$/);
    expect(readContent(scene.target)).toHaveLength(3);
  });
});

describe('a column that has gone', () => {
  const begun = async () => {
    const scene = orchard({ tool_analytics: failures(3), system_events: [event('a')], task_tracking: [task('A.1')] });
    await scene.run();
    scene.append('tool_analytics', failure());
    scene.append('system_events', event('b'));
    return scene;
  };

  it('is a partial failure while another extractor succeeds, and its own checkpoint stays', async () => {
    const scene = await begun();
    scene.change('ALTER TABLE tool_analytics DROP COLUMN agent_name');
    const report = await scene.run();
    expect(exitCodeOf(report)).toBe(3);
    expect(partOf(report, 'tool-errors')).toMatchObject({ status: 'failed', error: { code: 'source-column-missing' } });
    expect(partOf(report, 'session-boundaries')).toMatchObject({ status: 'ok', inserted: 1 });
    scene.change('ALTER TABLE tool_analytics ADD COLUMN agent_name TEXT');
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ mode: 'incremental', read: 1, updated: 1 });
  });

  it('is exit code 4 where no extractor is left, and nothing is written', async () => {
    const scene = await begun();
    scene.change('ALTER TABLE tool_analytics DROP COLUMN agent_name');
    const before = readEverything(scene.target);
    const report = await scene.run({ extractors: builtinExtractors.filter(({ name }) => name === 'tool-errors') });
    expect(exitCodeOf(report)).toBe(4);
    expect(readEverything(scene.target)).toEqual(before);
  });
});
