import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { appendRows, type FixtureRow, usualTables } from '../../fixtures/sessions-db.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { bigScene } from '../support/big-source.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { orchardScene, type Scene, tablesScene } from '../support/scene.ts';

async function extracted(scene: Scene): Promise<Scene> {
  expect((await runCli(['run', ...scene.paths, '--quiet'])).code).toBe(0);
  return scene;
}

async function link({ target }: Scene, ...flags: readonly string[]) {
  const { stdout, stderr, code } = await runCli(['link', '-t', target, ...flags, '--json']);
  expect([code, linesOf('error', stderr)]).toEqual([0, []]);
  return { ...JSON.parse(stdout), stderr };
}

function change(path: string, sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

/** One group of errors with more agents than its node names. */
const crowd = (agents: number, from = 1): readonly FixtureRow[] =>
  Array.from({ length: agents }, (_, at) => ({
    ...{ id: from + at, session_id: 's', tool_name: 'Bash', status: 'error', agent_name: `agent ${from + at}` },
  }));

describe('link', () => {
  it('makes the edges of what is stored, once', async () => {
    const scene = await extracted(orchardScene());
    const first = await link(scene);
    expect(first).toMatchObject({
      schema: 'audit-extract/link@1',
      events: 11,
      edges: { inserted: 32, nodes_inserted: 13 },
    });
    const { edges } = readEdges(scene.target);
    expect(edges).toHaveLength(32);
    expect(await link(scene)).toMatchObject({ events: 0, edges: { inserted: 0, unchanged: 0 } });
  });

  it('makes the same as a run with --edges', async () => {
    const [one, other] = [await extracted(orchardScene()), orchardScene()];
    await link(one);
    await runCli(['run', ...other.paths, '--edges']);
    expect(readEdges(one.target)).toEqual(readEdges(other.target));
  });

  it('looks only at events that were written since', async () => {
    const scene = await extracted(orchardScene());
    await link(scene);
    appendRows(scene.source, 'tool_analytics', [
      { id: 60, session_id: 'new', tool_name: 'Bash', status: 'error' },
      {
        id: 61,
        session_id: 'a11ce000-0001-4000-8000-000000000001',
        tool_name: 'Bash',
        status: 'error',
        error_type: 'exit_code_1',
        agent_name: 'late',
      },
    ]);
    await extracted(scene);
    expect(await link(scene)).toMatchObject({ events: 2, edges: { inserted: 4, nodes_inserted: 2 } });
  });

  it('shows in a dry run what it would make, and leaves no trace', async () => {
    const scene = await extracted(orchardScene());
    const before = stateOfFolder(scene.folder);
    const dry = await link(scene, '--dry-run');
    expect(stateOfFolder(scene.folder)).toEqual(before);
    expect(dry).toMatchObject({ dry_run: true, events: 11, edges: { inserted: 32, nodes_inserted: 13 } });
    expect((await link(scene)).edges).toEqual(dry.edges);
    const { stdout } = await runCli(['link', '-t', scene.target]);
    expect(stdout).toContain('Edges: 0 inserted, 0 unchanged');
  });

  it('asks the rows for what a node does not name, and says so where it has none', async () => {
    const scene = await extracted(tablesScene(usualTables({ tool_analytics: crowd(25) })));
    const first = await link(scene);
    expect(first.warnings).toEqual([
      'tool-errors: nodes name the first few of their agents and tasks alone; give --source to link the others too',
    ]);
    expect(linesOf('warning', first.stderr)).toHaveLength(1);
    const agents = () => readEdges(scene.target).entities.filter((id) => id.startsWith('agent:'));
    expect(agents()).toHaveLength(10);
    expect(await link(scene, '-s', scene.source)).toMatchObject({ warnings: [], edges: { inserted: 15 } });
    expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
    expect(await link(scene)).toMatchObject({ warnings: [], edges: { inserted: 0 } });
  });

  it('refuses the rows of another source', async () => {
    const scene = await extracted(tablesScene(usualTables({ tool_analytics: crowd(25) })));
    const other = tablesScene(usualTables({ tool_analytics: crowd(25, 100) }));
    await expectFailure(['link', '-t', scene.target, '-s', other.source], { code: 6, error: 'source-changed' });
    expect(readEdges(scene.target).entities).not.toContain('agent:agent 100');
  });

  it('an event whose node another program has removed gets no edges, and is counted', async () => {
    const scene = await extracted(orchardScene());
    change(scene.target, "DELETE FROM kg_nodes WHERE id = 'audit_event:sys:1'");
    const { edges } = await link(scene);
    expect(edges).toMatchObject({ inserted: 30 });
    expect(readEdges(scene.target).edges.filter((id) => id.includes('sys%3A1'))).toEqual([]);
  });

  it('what another program has unlinked is not linked again unless it is written anew', async () => {
    const scene = await extracted(orchardScene());
    await link(scene);
    change(scene.target, 'DELETE FROM kg_edges');
    expect(await link(scene)).toMatchObject({ events: 0, edges: { inserted: 0 } });
    await runCli(['run', ...scene.paths, '--edges', '--full']);
    expect(readEdges(scene.target).edges).toHaveLength(32);
  });

  it('several at once, and beside a run, come to the edges of one', async () => {
    const scene = bigScene(2000);
    await extracted(scene);
    appendRows(scene.source, 'tool_analytics', crowd(40, 100_000));
    const ended = [
      startCli(['run', ...scene.paths, '--edges', '--quiet', '--wait', '60']),
      startCli(['link', ...scene.paths, '--quiet', '--wait', '60']),
      startCli(['link', ...scene.paths, '--quiet', '--wait', '60']),
    ].map((child) => new Promise<number | null>((resolve) => child.once('close', resolve)));
    expect(await Promise.all(ended)).toEqual([0, 0, 0]);
    await runCli(['link', ...scene.paths]);
    expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
  });

  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it with a report and exit %i; the next one goes on', async ([signal, code]) => {
    const scene = bigScene(10_000);
    await extracted(scene);
    const child = startCli(['link', ...scene.paths, '--json']);
    const parts: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (part: string) => void parts.push(part));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    while (readEdges(scene.target).edges.length === 0 && child.exitCode === null) await setTimeout(5);
    child.kill(signal);
    expect(await ended).toBe(code);
    const report = JSON.parse(parts.join(''));
    expect(report).toMatchObject({ error: { code: `interrupted-${signal.toLowerCase()}` } });
    expect(readEdges(scene.target).edges).toHaveLength(report.edges.inserted);
    await link(scene, '-s', scene.source);
    expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
  });
});

describe('link tells what is wrong', () => {
  it('a graph that is not there, one that no run has written, a time that is none', async () => {
    const scene = orchardScene();
    await expectFailure(['link', '-t', scene.target], { code: 2, error: 'target-not-found' });
    change(scene.target, 'CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, name TEXT, properties TEXT)');
    await expectFailure(['link', '-t', scene.target], { code: 4, error: 'target-schema', says: /no records of ours/ });
    const ours = (await extracted(orchardScene())).target;
    await expectFailure(['link', '-t', ours, '--wait', 'long'], { code: 2, error: 'usage', says: /--wait/ });
  });
});
