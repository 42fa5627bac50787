import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { appendRows, usualTables } from '../../fixtures/sessions-db.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { bigScene } from '../support/big-source.ts';
import { csvCells } from '../support/csv-cells.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { addToGraph } from '../support/graph-of.ts';
import { A_DAY, linkerModule } from '../support/linker-module.ts';
import { pausedRun } from '../support/paused-run.ts';
import { readEverything } from '../support/read-audit.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';
import { agentsScene, orchardScene, type Scene, tablesScene } from '../support/scene.ts';

const ALL = 32;
const KEYS = [
  'schema',
  'dry_run',
  'started_at',
  'finished_at',
  'duration_ms',
  'longest_write_ms',
  'target',
  'events',
  'edges',
  'warnings',
];

/** The orchard, its nodes in a graph without edges. */
async function written(scene: Scene = orchardScene()): Promise<Scene> {
  expect(await runCli([...scene.paths, '-q'])).toMatchObject({ code: 0, stderr: '' });
  return scene;
}

async function link({ target }: Scene, ...flags: readonly string[]) {
  const { stdout, stderr, code } = await runCli(['link', '-t', target, '--json', ...flags]);
  expect([stderr, code]).toEqual(['', 0]);
  return JSON.parse(stdout);
}

const counts = ({
  events,
  edges: { inserted, unchanged, nodes_inserted, missing },
}: Awaited<ReturnType<typeof link>>) => ({
  events,
  inserted,
  unchanged,
  nodes_inserted,
  missing,
});

describe('link', () => {
  test('makes of what is stored the edges that run --edges makes with it', async () => {
    const [scene, other] = [await written(), orchardScene()];
    const report = await link(scene);
    expect(counts(report)).toEqual({ events: 11, inserted: ALL, unchanged: 0, nodes_inserted: 13, missing: 0 });
    const { stdout } = await runCli(['run', ...other.paths, '--edges', '--json']);
    expect(report.edges).toEqual(JSON.parse(stdout).edges);
    expect(readEdges(scene.target)).toEqual(readEdges(other.target));
  });

  test('its dry run counts what it then makes, and writes nothing', async () => {
    const scene = await written();
    const before = stateOfFolder(scene.folder);
    const dry = await link(scene, '--dry-run');
    expect(stateOfFolder(scene.folder)).toEqual(before);
    expect(dry).toMatchObject({ dry_run: true, events: 11 });
    expect((await link(scene)).edges).toEqual(dry.edges);
  });

  test('a second one looks at nothing, and writes nothing', async () => {
    const scene = await written();
    await link(scene);
    const before = readEverything(scene.target);
    expect(counts(await link(scene))).toEqual({ events: 0, inserted: 0, unchanged: 0, nodes_inserted: 0, missing: 0 });
    expect(readEverything(scene.target)).toEqual(before);
  });

  test('has nothing left to do after run --edges', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--edges', '-q']);
    expect(await link(scene)).toMatchObject({ events: 0, edges: { inserted: 0 } });
  });

  test('after new rows it looks at their events alone', async () => {
    const scene = await written();
    await link(scene);
    appendRows(scene.source, 'tool_analytics', [
      { session_id: 'new', tool_name: 'Bash', status: 'error', error_type: 'x', agent_name: 'planter' },
    ]);
    await written(scene);
    expect(counts(await link(scene))).toEqual({ events: 1, inserted: 4, unchanged: 0, nodes_inserted: 1, missing: 0 });
  });

  test('after a run that only looked it has nothing to do', async () => {
    const scene = await written();
    await link(scene);
    expect(await runCli([...scene.paths, '--full', '-q'])).toMatchObject({ code: 0 });
    expect(await link(scene)).toMatchObject({ events: 0 });
  });

  test('links what is stored once a linker is added, and again when that is raised', async () => {
    const scene = await written();
    await link(scene);
    const body = `yield { from: event, to: ${A_DAY} };`;
    const mine = linkerModule(scene.folder, { body });
    const added = { events: 11, inserted: 11, unchanged: ALL, nodes_inserted: 1, missing: 0 };
    expect(counts(await link(scene, '--dry-run', ...mine))).toEqual(added);
    expect(counts(await link(scene, ...mine))).toEqual(added);
    expect(await link(scene, ...mine)).toMatchObject({ events: 0 });
    const raised = linkerModule(scene.folder, { version: 2, edgeType: 'BESIDES', body });
    expect(counts(await link(scene, ...raised))).toMatchObject({ events: 11, inserted: 11 });
    expect(readEdges(scene.target).edges).toHaveLength(ALL + 22);
  });

  test('hangs events on the trail that is named', async () => {
    const scene = await written();
    await link(scene, '--trail', 'own');
    expect(readEdges(scene.target).entities).toContain('audit_trail:own');
    expect(await link(scene, '--trail', 'own')).toMatchObject({ events: 0 });
    const other = await runCli(['link', '-t', scene.target, '--trail', 'owm']);
    expect(linesOf('warning', other.stderr)).toEqual([expect.stringContaining('no audit_trail:owm')]);
  });

  test('says how many events are not recorded, which it leaves to those who wrote them', async () => {
    const scene = await written();
    addToGraph(scene.target, [{ id: 'audit_event:theirs' }, { id: 'theirs', nodeType: 'audit_event' }], []);
    const { stderr, stdout } = await runCli(['link', '-t', scene.target, '--json']);
    expect(linesOf('warning', stderr)).toEqual([expect.stringContaining('2 events are not recorded')]);
    expect(JSON.parse(stdout)).toMatchObject({ events: 11, edges: { inserted: ALL } });
    expect(await runCli(['link', '-t', scene.target, '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('asks the rows of the source for agents beyond the ten of a node, and says so where it cannot', async () => {
    const scene = await written(agentsScene());
    const dry = await runCli(['link', '-t', scene.target, '-n']);
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining('Edges: at least 13 to insert') });
    expect((await link(scene, '-n')).edges).toMatchObject({ inserted: 13, at_least: true });
    const without = await runCli(['link', '-t', scene.target, '--json']);
    expect(without).toMatchObject({ code: 0, stderr: expect.stringMatching(/^warning: .*tool-errors: .*--source/) });
    expect(JSON.parse(without.stdout)).toMatchObject({
      edges: { inserted: 13 },
      warnings: [expect.stringContaining('--source')],
    });
    const report = await link(scene, '-s', scene.source);
    expect(report.edges).not.toHaveProperty('at_least');
    expect(report).toMatchObject({ events: 0, edges: { inserted: 15 }, source: { path: scene.source }, warnings: [] });
    expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
    const before = readEverything(scene.target);
    expect(await link(scene, '-s', scene.source)).toMatchObject({ edges: { inserted: 0 } });
    expect(readEverything(scene.target)).toEqual(before);
  });
});

describe('link beside others', () => {
  test('two at once: both end well, and each edge is made once', async () => {
    const scene = await written(bigScene(1500));
    const runs = await Promise.all([1, 2].map(() => runCli(['link', '-t', scene.target, '--json'])));
    for (const { code, stderr } of runs) expect([code, stderr]).toEqual([0, '']);
    const made = runs.map(({ stdout }) => JSON.parse(stdout).edges.inserted);
    const { edges } = readEdges(scene.target);
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(edges.length);
    expect(edges).toEqual(expectedEdges(scene.source, ['error']).edges);
  });

  test.for([[[]], [['--edges']]] as const)(
    'a run %j that stands still does not keep it, and after both all is there',
    async ([flags]) => {
      const scene = bigScene(400);
      const run = await pausedRun(['run', ...scene.paths, ...flags]);
      expect(await link(scene)).toMatchObject({ edges: { missing: 0 } });
      expect(await run.goOn()).toBe(0);
      await link(scene);
      expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
      expect(await link(scene)).toMatchObject({ events: 0 });
      expect(await runCli(['verify', ...scene.paths, '-q'])).toMatchObject({ code: 0, stderr: '' });
    },
  );
});

describe('what link prints', () => {
  const untimed = (text: string, { folder }: Scene) =>
    text.replaceAll(folder, '/folder').replaceAll(/\([\d.]+ s\)/g, '(0.0 s)');

  test('a table for people', async () => {
    const scene = await written();
    const show = async (...flags: string[]) =>
      untimed((await runCli(['link', '-t', scene.target, ...flags])).stdout, scene);
    const shown = [await show('--dry-run'), await show(), await show()];
    await expect(shown.join('---\n')).toMatchFileSnapshot('golden/link.txt');
  });

  test('one document under --json', async () => {
    const scene = await written();
    const report = await link(scene);
    expect(Object.keys(report)).toEqual(expect.arrayContaining(KEYS));
    expect(Object.keys(report)).toHaveLength(KEYS.length);
    expect(report).toMatchObject({ schema: 'audit-extract/link@1', dry_run: false, target: { path: scene.target } });
  });

  test('a line for each type of edge in ndjson and CSV', async () => {
    const scene = await written();
    const ndjson = await runCli(['link', '-t', scene.target, '-n', '--format', 'ndjson']);
    const lines = ndjson.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ edge_type, inserted }) => [edge_type, inserted])).toEqual([
      ['BY_AGENT', 3],
      ['BY_TOOL', 5],
      ['FOR_TASK', 5],
      ['HAS_EVENT', 11],
      ['IN_SESSION', 8],
    ]);
    const csv = csvCells((await runCli(['link', '-t', scene.target, '--format', 'csv'])).stdout);
    expect(csv.slice(0, 2)).toEqual([
      ['edge_type', 'inserted', 'unchanged'],
      ['BY_AGENT', '3', '0'],
    ]);
  });

  test('nothing under --quiet where nothing is new', async () => {
    const scene = await written();
    expect((await runCli(['link', '-t', scene.target, '-q'])).stdout).not.toBe('');
    expect(await runCli(['link', '-t', scene.target, '-q'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});

describe('link fails', () => {
  test('with 2 where there is no graph, and makes none', async () => {
    const scene = orchardScene();
    for (const flags of [[], ['--dry-run']]) {
      await expectFailure(['link', '-t', scene.target, ...flags], {
        code: 2,
        error: 'target-not-found',
        says: scene.target,
      });
    }
    expect(stateOfFolder(scene.folder)).not.toHaveProperty('org.db');
  });

  test('with 2 where the source is not there', async () => {
    const scene = await written();
    const args = ['link', '-t', scene.target, '-s', `${scene.source}.gone`];
    await expectFailure(args, { code: 2, error: 'source-not-found' });
    expect(readEdges(scene.target).edges).toEqual([]);
  });

  test('with 2 at an unknown flag and an empty trail', async () => {
    const scene = await written();
    const args = ['link', '-t', scene.target];
    await expectFailure([...args, '--dry-rum'], { code: 2, error: 'usage', hint: /--dry-run/ });
    await expectFailure([...args, '--trail', ' '], { code: 2, error: 'usage', hint: /audit_trail:main/ });
  });

  test('with 2 where it cannot be told which of two trails is meant', async () => {
    const scene = await written();
    const db = new Database(scene.target);
    for (const id of ['audit_trail:a', 'audit_trail:b'])
      db.prepare("INSERT INTO kg_nodes VALUES(?, 'audit_trail', NULL, 'A trail', '{}', NULL, NULL, '', '', NULL)").run(
        id,
      );
    db.close();
    const failure = { code: 2, error: 'trail-ambiguous', says: /audit_trail:a, audit_trail:b/, hint: /--trail/ };
    for (const args of [
      ['link', '-t', scene.target],
      ['run', ...scene.paths, '--edges'],
    ])
      await expectFailure(args, failure);
    expect(readEdges(scene.target).edges).toEqual([]);
    expect((await link(scene, '--trail', 'b')).edges.inserted).toBe(ALL);
  });

  test('with 4 at what is no graph of ours', async () => {
    const scene = orchardScene();
    const before = stateOfFolder(scene.folder);
    await expectFailure(['link', '-t', scene.source], { code: 4, error: 'target-schema', says: /sessions\.db/ });
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('with 6 where rows are owed and the source is another one', async () => {
    const agents = (prefix: string) =>
      usualTables({
        tool_analytics: Array.from({ length: 25 }, (_, at) => ({
          session_id: prefix,
          tool_name: 'Bash',
          status: 'error',
          agent_name: `${prefix} ${at}`,
        })),
      });
    const [scene, other] = [await written(tablesScene(agents('a'))), tablesScene(agents('b'))];
    await expectFailure(['link', '-t', scene.target, '-s', other.source], { code: 6, error: 'source-changed' });
    expect(readEdges(scene.target).entities.filter((id) => id.startsWith('agent:b'))).toEqual([]);
    expect(await link(scene, '-s', scene.source)).toMatchObject({ edges: { missing: 0 } });
    expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
  });

  test('with 75 where another program keeps the graph', async () => {
    const scene = await written();
    const db = new Database(scene.target);
    db.exec('BEGIN IMMEDIATE');
    await expectFailure(['link', '-t', scene.target], { code: 75, error: 'target-locked', together: true });
    db.close();
    expect(await link(scene)).toMatchObject({ edges: { inserted: ALL } });
  });
});
