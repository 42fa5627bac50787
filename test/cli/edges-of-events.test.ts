import { describe, expect, it } from 'vitest';
import { appendRows, usualTables } from '../../fixtures/sessions-db.ts';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { changeGraph, readAll } from '../support/graph-rows.ts';
import { buildHostileSource } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { readEdges } from '../support/read-edges.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene, sceneWith, tablesScene } from '../support/scene.ts';

async function edgesOf({ paths }: Scene, ...args: readonly string[]) {
  const { stdout, code } = await runCli([...args, ...paths, '--json']);
  expect(code).toBe(0);
  return JSON.parse(stdout).edges;
}

describe('the edges of events', () => {
  it('is set in the environment and the config file, too, and taken back by --no-edges', async () => {
    const env = { AUDIT_EXTRACT_EDGES: 'true' };
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--no-edges'], { env });
    expect(readEdges(scene.target).edges).toEqual([]);
    await runCli(['run', ...scene.paths, '--full'], { env });
    expect(readEdges(scene.target).edges).toHaveLength(32);
  });

  it('says where events were written without edges, until link has made them', async () => {
    const scene = orchardScene();
    const warnings = async (...flags: readonly string[]) =>
      linesOf('warning', (await runCli(['run', ...scene.paths, ...flags])).stderr);
    expect(await warnings()).toEqual([]);
    const warning = 'org.db: events that were written without edges have none yet; audit-extract link makes them';
    expect(await warnings('--edges', '--dry-run')).toEqual([warning]);
    expect(await warnings('--edges')).toEqual([warning]);
    await runCli(['link', ...scene.paths]);
    expect(await warnings('--edges')).toEqual([]);
    appendRows(scene.source, 'tool_analytics', [{ id: 70, session_id: 's', tool_name: 'Bash', status: 'error' }]);
    expect(await warnings()).toEqual([]);
    expect(await warnings('--edges')).toEqual([warning]);
    expect(await warnings('--edges', '--full')).toEqual([]);
    expect(await warnings('--edges')).toEqual([]);
  });

  it('makes the edges of the SPEC: ids, types, ends and properties', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--edges']);
    const [edge] = readAll<Record<string, string>>(
      scene.target,
      "SELECT * FROM kg_edges WHERE edge_type = 'HAS_EVENT' AND to_node = 'audit_event:sys:1'",
    );
    expect(edge).toMatchObject({
      id: 'HAS_EVENT:audit_trail%3Amain->audit_event%3Asys%3A1',
      from_node: 'audit_trail:main',
      properties: JSON.stringify({ created: edge?.['created_at'] }),
    });
    const types = new Set(readNodes(scene.target).map(({ node_type }) => node_type));
    expect([...types].sort()).toEqual(['agent', 'audit_event', 'audit_trail', 'session', 'task', 'tool']);
  });

  it('hangs events on the trail that is named, on the only one there is, and asks where there are two', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--edges', '--trail', 'audit_trail:team', '--only', 'task-completions']);
    await runCli(['run', ...scene.paths, '--edges']);
    expect(readEdges(scene.target).entities.filter((id) => id.startsWith('audit_trail:'))).toEqual([
      'audit_trail:team',
    ]);
    changeGraph(
      scene.target,
      "INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES ('audit_trail:b', 'audit_trail', 'b', '', '')",
    );
    await expectFailure(['run', ...scene.paths, '--edges'], { code: 2, error: 'trail-ambiguous', hint: /--trail/ });
  });

  it('leaves edges and entities of others under the same ids as they are', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--only', 'task-completions', '--edges']);
    const id = 'HAS_EVENT:audit_trail%3Amain->audit_event%3Asys%3A1';
    changeGraph(
      scene.target,
      `INSERT INTO kg_nodes(id, node_type, name, properties, created_at, updated_at) VALUES ('tool:Bash', 'shell', 'Mine', '{"a":1}', 'x', 'y');
       INSERT INTO kg_edges(id, edge_type, from_node, to_node, properties, created_at, updated_at) VALUES ('${id}', 'MINE', 'tool:Bash', 'tool:Bash', 'mine', 'x', 'y')`,
    );
    await runCli(['run', ...scene.paths, '--edges']);
    expect(readAll(scene.target, `SELECT edge_type, properties, updated_at FROM kg_edges WHERE id = '${id}'`)).toEqual([
      { edge_type: 'MINE', properties: 'mine', updated_at: 'y' },
    ]);
    expect(readNodes(scene.target).find((node) => node.id === 'tool:Bash')).toMatchObject({
      node_type: 'shell',
      name: 'Mine',
    });
    expect(readEdges(scene.target).edges).toContain(
      'BY_TOOL:audit_event%3Aerr%3Aa11ce000-0001-4000-8000-000000000001%3ABash%3Aexit_code_1->tool%3ABash',
    );
  });

  it('gives whatever names there are ids of their own, which the oracle makes, too', async () => {
    const scene = sceneWith(buildHostileSource);
    expect((await runCli(['run', ...scene.paths, '--edges'])).code).toBe(0);
    expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
    const pairs = readAll<{ n: number }>(
      scene.target,
      'SELECT count(*) AS n FROM (SELECT DISTINCT edge_type, from_node, to_node FROM kg_edges)',
    );
    expect(pairs).toEqual(readAll(scene.target, 'SELECT count(*) AS n FROM kg_edges'));
    expect(Object.keys(HOSTILE_TEXTS).length).toBeGreaterThan(10);
  });

  it('tells names apart that look like ids', async () => {
    const names = ['a:b', 'a%3Ab', 'a->b', '->', 'tool:a', 'a', 'A', ' a'];
    const scene = tablesScene(
      usualTables({ tool_analytics: names.map((tool_name) => ({ session_id: 's', tool_name, status: 'error' })) }),
    );
    await runCli(['run', ...scene.paths, '--edges']);
    const tools = readEdges(scene.target).entities.filter((id) => id.startsWith('tool:'));
    expect(tools).toHaveLength(names.length);
    expect(tools).toEqual(expect.arrayContaining(['tool:a%3Ab', 'tool:a%253Ab', 'tool:a->b', 'tool:tool%3Aa']));
  });

  it('knows the session and the time of a system event where the source has entries', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--edges']);
    const ofSystem = readEdges(scene.target).edges.filter((id) => id.startsWith('IN_SESSION:audit_event%3Asys'));
    expect(ofSystem).toHaveLength(3);
    const bare = tablesScene(usualTables({ system_events: [{ entry_id: 11, subtype: 'compact_boundary' }] }));
    expect(await edgesOf(bare, 'run', '--edges')).toMatchObject({ inserted: 1, types: [{ edge_type: 'HAS_EVENT' }] });
  });
});
