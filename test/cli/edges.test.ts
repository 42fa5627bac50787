import { describe, expect, test } from 'vitest';
import { appendRows, usualTables } from '../../fixtures/sessions-db.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { linkerModule } from '../support/linker-module.ts';
import { readEverything } from '../support/read-audit.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene, tablesScene } from '../support/scene.ts';

const TYPES = [
  { edge_type: 'BY_AGENT', inserted: 3, unchanged: 0 },
  { edge_type: 'BY_TOOL', inserted: 5, unchanged: 0 },
  { edge_type: 'FOR_TASK', inserted: 5, unchanged: 0 },
  { edge_type: 'HAS_EVENT', inserted: 11, unchanged: 0 },
  { edge_type: 'IN_SESSION', inserted: 8, unchanged: 0 },
];
const FIRST = { inserted: 32, unchanged: 0, nodes_inserted: 13, missing: 0, missing_ends: [], types: TYPES };

async function report({ paths }: Scene, ...flags: readonly string[]) {
  const { stdout, stderr, code } = await runCli(['run', ...paths, '--edges', '--json', ...flags]);
  expect([stderr, code]).toEqual(['', 0]);
  return JSON.parse(stdout);
}

/** Everything a person sees, with what differs from run to run replaced. */
async function screen({ paths, folder }: Scene, ...flags: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['run', ...paths, '--edges', ...flags]);
  return `exit code ${code}\n--- stdout\n${stdout}--- stderr\n${stderr}`
    .replaceAll(folder, '/folder')
    .replaceAll(/(--plan \S+\.)[0-9a-f]{32}/g, '$1<digest>')
    .replaceAll(/run, [\d.]+ s/g, 'run, 0.0 s');
}

describe('run --edges', () => {
  test('reports in JSON what became of edges, by type, in the order of types', async () => {
    const scene = orchardScene();
    const { edges } = await report(scene);
    expect(edges).toEqual(FIRST);
    expect(Object.keys(edges)).toEqual(['inserted', 'unchanged', 'nodes_inserted', 'missing', 'missing_ends', 'types']);
    expect(readEdges(scene.target).edges).toHaveLength(32);
  });

  test('has no such member without --edges', async () => {
    const { paths, target } = orchardScene();
    const { stdout } = await runCli([...paths, '--json']);
    expect(JSON.parse(stdout)).not.toHaveProperty('edges');
    expect(readEdges(target)).toEqual({ edges: [], entities: [] });
  });

  test('a second one makes nothing, and writes nothing', async () => {
    const scene = orchardScene();
    await report(scene);
    const before = readEverything(scene.target);
    expect((await report(scene)).edges).toMatchObject({ inserted: 0, nodes_inserted: 0, missing: 0 });
    expect((await report(scene, '--full')).edges).toMatchObject({ inserted: 0, unchanged: 32, nodes_inserted: 0 });
    expect(readEverything(scene.target)).toEqual(before);
  });

  test('after new rows it makes the new ones alone', async () => {
    const scene = orchardScene();
    await report(scene);
    appendRows(scene.source, 'tool_analytics', [
      { session_id: 'new', tool_name: 'Bash', status: 'error', error_type: 'x', agent_name: 'planter' },
    ]);
    const dry = (await report(scene, '--dry-run')).edges;
    const { edges } = await report(scene);
    expect(edges).toMatchObject({ inserted: 4, nodes_inserted: 1 });
    expect(dry).toEqual(edges);
  });

  test('shows a person what a run would do, did, and found done', async () => {
    const scene = orchardScene();
    await expect(await screen(scene, '--dry-run')).toMatchFileSnapshot('golden/edges-dry-run.txt');
    await expect(await screen(scene)).toMatchFileSnapshot('golden/edges-first-run.txt');
    await expect(await screen(scene)).toMatchFileSnapshot('golden/edges-second-run.txt');
    const mine = linkerModule(scene.folder, {
      body: String.raw`yield { from: event, to: { id: 'no\u001b[31m\nwhere' } };`,
    });
    await expect(await screen(scene, '--full', ...mine)).toMatchFileSnapshot('golden/edges-missing.txt');
  });

  test('says so in its one line where edges alone are new', async () => {
    const { paths } = orchardScene();
    await runCli([...paths, '--quiet']);
    const first = await runCli(['run', ...paths, '--edges', '--full', '--quiet']);
    expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^Edges: 32 inserted.*\n$/) });
    expect(await runCli(['run', ...paths, '--edges', '--full', '--quiet'])).toMatchObject({ code: 0, stdout: '' });
  });

  test('ends its ndjson in the same report', async () => {
    const { paths } = orchardScene();
    const { stdout } = await runCli(['run', ...paths, '--edges', '--format', 'ndjson']);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').report.edges).toEqual(FIRST);
  });
});

describe('run --edges --dry-run', () => {
  test('counts what the run then makes, and leaves not even a file', async () => {
    const scene = orchardScene();
    const before = stateOfFolder(scene.folder);
    const dry = await report(scene, '--dry-run');
    expect(stateOfFolder(scene.folder)).toEqual(before);
    expect((await report(scene)).edges).toEqual(dry.edges);
  });

  test('does so of a graph that has its nodes, and no edges yet', async () => {
    const scene = orchardScene();
    await runCli([...scene.paths, '--quiet']);
    const before = stateOfFolder(scene.folder);
    const dry = await report(scene, '--dry-run', '--full');
    expect(stateOfFolder(scene.folder)).toEqual(before);
    expect(dry.edges).toEqual(FIRST);
    expect((await report(scene, '--full')).edges).toEqual(dry.edges);
  });

  test('says so where rows may lead to more than their nodes name', async () => {
    const rows = Array.from({ length: 25 }, (_, at) => ({
      session_id: 's',
      status: 'error',
      agent_name: `agent ${at}`,
    }));
    const scene = tablesScene(usualTables({ tool_analytics: rows }));
    expect((await report(scene, '--dry-run')).edges).toMatchObject({ inserted: 13, at_least: true });
    const { edges } = await report(scene);
    expect(edges).toMatchObject({ inserted: 28 });
    expect(edges).not.toHaveProperty('at_least');
    expect((await report(scene, '--dry-run', '--full')).edges).not.toHaveProperty('at_least');
  });

  test('says that a trail which is named is new, where the graph has another one', async () => {
    const { paths } = orchardScene();
    expect(await runCli(['run', ...paths, '--edges', '-q'])).toMatchObject({ code: 0, stderr: '' });
    const { stderr, stdout } = await runCli(['run', ...paths, '--edges', '--trail', 'mian', '--full', '--json']);
    expect(stderr).toContain('the graph has another trail, and no audit_trail:mian');
    expect(JSON.parse(stdout).warnings).toEqual([expect.stringContaining('no audit_trail:mian')]);
  });

  test('says that its trail is deleted, and so does a link', async () => {
    const { paths, target } = orchardScene();
    expect(await runCli(['run', ...paths, '--edges', '-q'])).toMatchObject({ code: 0, stderr: '' });
    changeGraph(target, "UPDATE kg_nodes SET deleted_at = '2026-03-01' WHERE id = 'audit_trail:main'");
    for (const args of [
      ['run', ...paths, '--edges', '--full', '--json'],
      ['link', '-t', target, '--json'],
    ]) {
      const { stderr, stdout } = await runCli(args);
      expect(stderr).toContain('node audit_trail:main is there, but is deleted or no trail');
      expect(JSON.parse(stdout).warnings).toEqual([expect.stringContaining('audit_trail:main')]);
    }
  });

  test('is followed by the run that it shows, with its edges, trail and linkers', async () => {
    const scene = orchardScene();
    const mine = linkerModule(scene.folder, {});
    const { stdout } = await runCli(['run', ...scene.paths, '--edges', '--dry-run', '--trail', 'own', ...mine]);
    const next = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(next).toMatch(/^Next: audit-extract /);
    const words = next.replace('Next: audit-extract ', '').split(' ');
    expect(words).toEqual(expect.arrayContaining(['--edges', '--trail', 'own', ...mine]));
    expect(await runCli(words)).toMatchObject({ code: 0, stderr: '' });
    expect(readEdges(scene.target).entities).toContain('audit_trail:own');
  });
});

describe('what is of use with edges alone', () => {
  test.for([
    ['--linker', './mine.mjs'],
    ['--trail', 'mine'],
  ])('%s without them is a mistake', async ([flag = '', value = '']) => {
    const { paths, folder } = orchardScene();
    const before = stateOfFolder(folder);
    const says = `${flag} is of use with --edges alone`;
    await expectFailure(['run', ...paths, flag, value], { code: 2, error: 'usage', says, hint: /--edges/ });
    expect(stateOfFolder(folder)).toEqual(before);
  });
});
