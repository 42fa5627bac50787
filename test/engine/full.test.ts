import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/engine/run.ts';
import { event, failure, failures, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';

const NODE = 'err:s:Bash:timeout';
/** Forty failures in four groups, ten each, and twenty events. */
const usual = () =>
  orchard({
    tool_analytics: failures(40, (i) => ({ error_type: `type ${i % 4}` })),
    system_events: Array.from({ length: 20 }, (_, i) => event(`command ${i}`)),
    task_tracking: [task('A.1'), task('A.2')],
  });

describe('--full', () => {
  it('gathers everything, and changes nothing at all where nothing differs', async () => {
    const scene = usual();
    await scene.run();
    scene.append('tool_analytics', failure(), failure());
    scene.append('system_events', event('more'));
    await scene.run({ batchSize: 1 });
    const before = readEverything(scene.target);
    const report = await scene.run({ full: true });
    expect(report).toMatchObject({ mode: 'full', totals: { read: 65, inserted: 0, updated: 0, unchanged: 28 } });
    for (const part of report.extractors)
      expect(part).toMatchObject({ mode: 'full', reason: 'asked for', warnings: [] });
    expect(readEverything(scene.target)).toEqual(before);
  });

  it('repairs what was edited in the source after it was read, which other runs warn of', async () => {
    const scene = usual();
    await scene.run();
    scene.change("UPDATE system_events SET content = 'edited' WHERE id = 20");
    const report = await scene.run();
    const warning = 'row 20 of system_events changed after it was read; --full reads it again';
    expect(partOf(report, 'session-boundaries')).toMatchObject({ read: 0, warnings: [warning] });
    expect(partOf(await scene.run({ full: true }), 'session-boundaries')).toMatchObject({ updated: 1, warnings: [] });
    expect(propertiesOf(scene, 'sys:20')).toMatchObject({ content: 'edited' });
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ read: 0, warnings: [] });
  });

  it('repairs what other scripts changed in the graph, and what they deleted', async () => {
    const scene = usual();
    await scene.run();
    const before = readContent(scene.target);
    scene.changeGraph("UPDATE kg_nodes SET name = 'x' WHERE id LIKE '%sys:1_'");
    scene.changeGraph("DELETE FROM kg_nodes WHERE id LIKE '%sys:2'");
    expect((await scene.run()).totals).toMatchObject({ inserted: 0, updated: 0 });
    expect((await scene.run({ full: true })).totals).toMatchObject({ inserted: 1, updated: 10 });
    expect(readContent(scene.target)).toEqual(before);
  });

  it('folds in what is new as well', async () => {
    const scene = usual();
    await scene.run();
    scene.append('tool_analytics', failure({ error_type: 'type 0' }), failure());
    expect(partOf(await scene.run({ full: true }), 'tool-errors')).toMatchObject({
      inserted: 1,
      updated: 1,
      unchanged: 3,
    });
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ mode: 'incremental', read: 0 });
    expect(propertiesOf(scene, 'err:s:Bash:type 0')).toMatchObject({ error_count: 11 });
  });
});

it.each([
  ['--full', { full: true }],
  ['other statuses', { settings: { errorStatuses: ['error', 'failed'] } }],
])('the lowest row id there can be is counted once, after %s as well', async (_, options) => {
  const scene = orchard({ tool_analytics: [failure({ id: -9223372036854775808n })] });
  await scene.run();
  await scene.run(options);
  scene.append('tool_analytics', failure({ id: 1 }));
  await scene.run('settings' in options ? options : {});
  expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 2 });
});

describe('--full on a source that forgot', () => {
  const refusedWith = async (scene: ReturnType<typeof orchard>, message: string | RegExp, options = {}) => {
    const before = readEverything(scene.target);
    const report = await scene.run({ full: true, ...options });
    expect(exitCodeOf(report)).toBe(6);
    expect(report.error).toMatchObject({ code: 'source-forgot', hint: expect.stringContaining('--accept-source') });
    expect(report.error?.message).toMatch(message);
    expect(readEverything(scene.target)).toEqual(before);
  };

  it.each([
    ['id <= 2', '2 nodes would be lowered'],
    ['id = 7', '1 node would be lowered'],
    ["error_type = 'type 3'", '1 node could not be derived again'],
    ["error_type = 'type 3' OR id IN (1, 5, 2)", '2 nodes would be lowered and 1 node could not be derived again'],
  ])('is refused, with the number of nodes: calls with %s', async (where, message) => {
    const scene = usual();
    await scene.run();
    scene.change(`DELETE FROM tool_analytics WHERE ${where}`);
    scene.append('tool_analytics', failure({ error_type: 'late' }));
    await refusedWith(scene, message);
    await refusedWith(scene, message, { dryRun: true });
  });

  it('is refused for events and tasks that are gone', async () => {
    const scene = usual();
    await scene.run();
    scene.change('DELETE FROM system_events WHERE id < 4');
    await refusedWith(scene, '3 nodes could not be derived again');
    const tasks = usual();
    await tasks.run();
    tasks.change('DELETE FROM task_tracking WHERE id = 1');
    await refusedWith(tasks, '1 node could not be derived again');
  });

  it('is refused where new rows would make up for the lost ones', async () => {
    const scene = usual();
    await scene.run();
    scene.change('DELETE FROM tool_analytics WHERE id <= 4');
    scene.append('tool_analytics', ...failures(40, (i) => ({ error_type: `type ${i % 4}` })));
    await refusedWith(scene, '4 nodes would be lowered');
  });

  it('is no matter for a run without --full', async () => {
    const scene = usual();
    await scene.run();
    scene.change('DELETE FROM tool_analytics WHERE id <= 4');
    scene.append('tool_analytics', failure({ error_type: 'type 0' }));
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ status: 'ok', updated: 1, pruned: true });
    expect(propertiesOf(scene, 'err:s:Bash:type 0')).toMatchObject({ error_count: 11 });
  });

  it('lowers nodes with --accept-source, and removes none', async () => {
    const scene = usual();
    await scene.run();
    const before = readContent(scene.target).map(({ id }) => id);
    scene.change("DELETE FROM tool_analytics WHERE id <= 8 OR error_type = 'type 3'");
    const report = await scene.run({ full: true, acceptSource: true });
    expect(exitCodeOf(report)).toBe(0);
    expect(partOf(report, 'tool-errors')).toMatchObject({ inserted: 0, updated: 3 });
    expect(readContent(scene.target).map(({ id }) => id)).toEqual(before);
    expect(propertiesOf(scene, 'err:s:Bash:type 0')).toMatchObject({ error_count: 8 });
    expect(propertiesOf(scene, 'err:s:Bash:type 3')).toMatchObject({ error_count: 10 });
    scene.append('tool_analytics', failure({ error_type: 'type 0' }));
    await scene.run();
    expect(propertiesOf(scene, 'err:s:Bash:type 0')).toMatchObject({ error_count: 9 });
  });

  it.each(['id <= 4', 'id IN (3, 4)'])('is refused too when settings changed, and rows are gone: %s', async (gone) => {
    const scene = usual();
    await scene.run();
    scene.change(`DELETE FROM tool_analytics WHERE ${gone}`);
    const settings = { errorStatuses: ['error', 'failed'] };
    await refusedWith(scene, /settings changed, and [24] of \d+ rows that it had read are gone/, {
      full: false,
      settings,
    });
  });
});

it('--full on a graph without our tables is a first run', async () => {
  const scene = orchard({ tool_analytics: failures(2) });
  expect(partOf(await scene.run({ full: true }), 'tool-errors')).toMatchObject({ mode: 'full', inserted: 1 });
  expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 2 });
});

describe('a graph whose settings went to and fro', () => {
  const statuses = (status: string) => ({ settings: { errorStatuses: [status] } });
  const rows = { tool_analytics: [...failures(20), ...failures(20, () => ({ session_id: 'y', status: 'failed' }))] };

  it('is not lowered by rows that the source has dropped meanwhile', async () => {
    const scene = orchard(rows);
    await scene.run();
    await scene.run(statuses('failed'));
    scene.change('DELETE FROM tool_analytics WHERE id <= 15');
    expect((await scene.run()).error).toMatchObject({
      code: 'source-forgot',
      message: expect.stringContaining('15 of 20'),
    });
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 20 });
    await scene.run({ acceptSource: true });
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 5 });
  });

  it('goes to and fro freely as long as nothing is gone', async () => {
    const scene = orchard(rows);
    for (const status of ['error', 'failed', 'none', 'error', 'failed', 'error']) {
      expect((await scene.run(statuses(status))).error).toBeUndefined();
      scene.append('tool_analytics', failure(), failure({ status: 'failed', session_id: 'y' }));
    }
    await scene.run();
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 26 });
  });
});

describe('a table whose id is not its row id', () => {
  it.for(['id INTEGER PRIMARY KEY DESC', 'id INT PRIMARY KEY', 'id INTEGER'])(
    '(%s) does not lower a count by the rows that it has lost, though it has as many new ones',
    async (id) => {
      const columns = `${id}, session_id, tool_name, status, error_type, agent_name, task_id, execution_time_ms, created_at`;
      const scene = orchard({});
      scene.change('DROP TABLE tool_analytics');
      scene.change(`CREATE TABLE tool_analytics(${columns})`);
      scene.append('tool_analytics', ...failures(20, (i) => ({ id: i + 1 })));
      await scene.run();
      scene.change('DELETE FROM tool_analytics WHERE id <= 10');
      scene.append('tool_analytics', ...failures(30, (i) => ({ id: i + 100, session_id: 'z' })));
      expect((await scene.run()).error).toMatchObject({ code: 'source-forgot' });
      expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 20 });
    },
  );
});

it('the hint of a refused --full works as it is written', async () => {
  const scene = usual();
  await scene.run();
  scene.change('DELETE FROM tool_analytics WHERE id <= 20');
  const { error } = await scene.run({ full: true });
  expect(error?.hint).toContain('--full --accept-source');
  expect((await scene.run({ full: true, acceptSource: true })).totals).toMatchObject({ updated: 4 });
});
