import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { expectFailure, expectPlainMessages } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { addHub, addToGraph, type EdgeTriple, type NodeDraft } from '../support/graph-of.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

const TRAIL = 'audit_trail:main';

/** The orchard's events, on a trail, with the sessions and tools that they name. */
async function linkedOrchard(): Promise<Scene> {
  const scene = await extracted(orchardScene());
  const nodes: NodeDraft[] = [{ id: TRAIL, name: 'Audit trail' }];
  const edges: EdgeTriple[] = [];
  for (const { id, properties } of readNodes(scene.target)) {
    edges.push([TRAIL, 'HAS_EVENT', id]);
    const { session_id: session, tool_name: tool } = JSON.parse(properties);
    if (session) nodes.push({ id: `session:${session}`, name: session });
    if (session) edges.push([id, 'IN_SESSION', `session:${session}`]);
    if (tool) nodes.push({ id: `tool:${tool}`, name: tool });
    if (tool) edges.push([id, 'BY_TOOL', `tool:${tool}`]);
  }
  addToGraph(scene.target, nodes, edges);
  return scene;
}

const neighbors = (scene: Scene, id: string, ...flags: readonly string[]) =>
  runCli(['neighbors', id, '-t', scene.target, ...flags], { folder: scene.folder });

describe('neighbors', () => {
  test.for([
    ['tool:Read', 'neighbors-tool.txt', []],
    [TRAIL, 'neighbors-trail.txt', ['--depth', '2', '--limit', '14']],
    ['tool:Read', 'neighbors-tool.mmd', ['--format', 'mermaid']],
    ['tool:Read', 'neighbors-tool.dot', ['--format', 'dot']],
    ['tool:Read', 'neighbors-tool.svg', ['--format', 'svg']],
  ] as const)('of %s as %s', async ([id, golden, flags]) => {
    const { stdout, stderr, code } = await neighbors(await linkedOrchard(), id, ...flags);
    expect([code, stderr]).toEqual([0, '']);
    await expect(stdout).toMatchFileSnapshot(`golden/${golden}`);
  });

  test('as JSON: nodes, the edges between them, and what is more', async () => {
    const { stdout } = await neighbors(await linkedOrchard(), TRAIL, '--json', '--limit', '3');
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer)).toEqual(['schema', 'root', 'depth', 'limit', 'nodes', 'edges', 'more']);
    expect(answer).toMatchObject({ schema: 'audit-extract/neighbors@1', root: TRAIL, depth: 1, limit: 3 });
    expect(answer.nodes[0]).toEqual({
      id: TRAIL,
      node_type: 'audit_trail',
      subtype: null,
      name: 'Audit trail',
      depth: 0,
      deleted: false,
    });
    expect(answer.nodes[1]).toMatchObject({ node_type: 'audit_event', subtype: 'tool_error', depth: 1 });
    expect(answer.edges[0]).toEqual({
      id: expect.stringMatching(/^HAS_EVENT:audit_trail%3Amain->audit_event%3A/),
      edge_type: 'HAS_EVENT',
      from: TRAIL,
      to: answer.nodes[1].id,
    });
    expect(answer.more).toEqual([
      { id: TRAIL, edges: 9, at_least: false, cut_by: 'limit' },
      { id: answer.nodes[1].id, edges: 2, at_least: false, cut_by: 'depth' },
      { id: answer.nodes[2].id, edges: 2, at_least: false, cut_by: 'depth' },
    ]);
  });

  test('as NDJSON and CSV: a row an edge', async () => {
    const scene = await linkedOrchard();
    const ndjson = await neighbors(scene, 'tool:Read', '--format', 'ndjson');
    const rows = ndjson.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual({
      from: expect.stringMatching(/^audit_event:err:/),
      edge_type: 'BY_TOOL',
      to: 'tool:Read',
      from_name: '[ToolError] Read (file_not_found) x1',
      to_name: 'Read',
      from_deleted: false,
      to_deleted: false,
    });
    const csv = await neighbors(scene, 'tool:Read', '--format', 'csv');
    expect(csv.stdout.split('\r\n')[0]).toBe('from,edge_type,to,from_name,to_name,from_deleted,to_deleted');
    expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(3);
  });

  test('leaves the graph as it is', async () => {
    const scene = await linkedOrchard();
    const before = stateOfFolder(scene.folder);
    await neighbors(scene, TRAIL, '--depth', '5', '--format', 'svg');
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('a graph without edges has nodes without neighbours', async () => {
    const scene = orchardScene();
    await runCli(scene.paths);
    const db = new Database(scene.target);
    db.exec('DROP TABLE kg_edges');
    db.close();
    const { stdout, code } = await neighbors(scene, 'audit_event:sys:1');
    const [shown, hint] = stdout.split('\n').slice(-3);
    expect([shown, code]).toEqual(['1 node and 0 edges up to depth 1.', 0]);
    expect(hint).toMatch(/no edges: audit-extract link .* run --edges/);
    for (const format of ['csv', 'ndjson', 'svg', 'dot', 'mermaid']) {
      const { stderr } = await neighbors(scene, 'audit_event:sys:1', '--format', format);
      expect(stderr).toMatch(/^warning: neighbors: .* audit-extract link .*\n$/);
    }
    expect((await neighbors(scene, 'audit_event:sys:1', '--json')).stderr).toBe('');
  });

  test('rows cannot tell what was cut, so stderr does', async () => {
    const scene = await linkedOrchard();
    for (const format of ['csv', 'ndjson']) {
      const { stderr, code } = await neighbors(scene, TRAIL, '--format', format, '--limit', '3');
      expect([stderr, code]).toEqual(['warning: neighbors: no room for 9 more edges of 1 node: --limit is 3\n', 0]);
      expect((await neighbors(scene, TRAIL, '--format', format)).stderr).toBe('');
    }
    expect((await neighbors(scene, TRAIL, '--format', 'svg', '--limit', '3')).stderr).toBe('');
  });

  test('what was deleted is marked in every format', async () => {
    const scene = await linkedOrchard();
    const db = new Database(scene.target);
    db.exec("UPDATE kg_nodes SET deleted_at = '2026-05-01' WHERE id = 'tool:Read'");
    db.close();
    const [{ id: from }] = JSON.parse((await neighbors(scene, 'tool:Read', '--json')).stdout).nodes.slice(1);
    const shown = async (format: string) => (await neighbors(scene, from, '--format', format)).stdout;
    expect(await shown('table')).toMatch(/ Read \(deleted\) {2}tool:Read$/m);
    expect(JSON.parse(await shown('json')).nodes).toContainEqual(
      expect.objectContaining({ id: 'tool:Read', deleted: true }),
    );
    expect(await shown('csv')).toMatch(/,tool:Read,.*,false,true\r\n|,tool:Read,.*,,1/);
    expect(await shown('dot')).toContain('tool, deleted');
    expect(await shown('svg')).toContain('tool, deleted');
    expect(await shown('mermaid')).toContain('tool#44; deleted');
  });

  test('a hub of 100,000 events costs a page', async () => {
    const scene = orchardScene();
    addHub(scene.target, 100_000);
    const begun = performance.now();
    const { stdout } = await neighbors(scene, TRAIL, '--depth', '3', '--limit', '100');
    // Most of it is the start of the program; a walk through the hub takes many times as long.
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(stdout).toContain('and at least 9,901 more');
  });

  test('nothing that a node is called reaches the terminal raw', async () => {
    const scene = orchardScene();
    const texts = Object.values(HOSTILE_TEXTS).map((text) => text.replaceAll('\0', ''));
    const ids = texts.map((text, index) => `evil:${index}${text}`);
    addToGraph(
      scene.target,
      [{ id: 'root:1' }, ...ids.map((id, index) => ({ id, name: texts[index] ?? '', nodeType: texts[index] ?? '' }))],
      ids.map((id, index) => ['root:1', texts[index] ?? '', id]),
    );
    for (const format of ['table', 'json', 'ndjson', 'csv', 'mermaid', 'dot', 'svg']) {
      const { stdout, code } = await neighbors(scene, 'root:1', '--format', format, '--limit', '100');
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[^\P{Cc}\n\r]|\p{Cf}/u);
    }
  });
});

describe('--out', () => {
  test('writes what stdout would have got, over what was there', async () => {
    const scene = await linkedOrchard();
    const out = join(scene.folder, 'tool.svg');
    writeFileSync(out, 'x'.repeat(100_000));
    chmodSync(out, 0o640);
    const shown = await neighbors(scene, 'tool:Read', '--format', 'svg');
    const written = await neighbors(scene, 'tool:Read', '--format', 'svg', '--out', 'tool.svg');
    expect(written).toEqual({ stdout: '', stderr: '', code: 0 });
    expect(readFileSync(out, 'utf8')).toBe(shown.stdout);
    expect(statSync(out).mode & 0o777).toBe(0o640);
    expect(readdirSync(scene.folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('writes through a link, and into a pipe', async () => {
    const scene = await linkedOrchard();
    const [real, link] = [join(scene.folder, 'real.json'), join(scene.folder, 'link.json')];
    writeFileSync(real, '');
    symlinkSync(real, link);
    await neighbors(scene, 'tool:Read', '--json', '--out', link);
    expect(JSON.parse(readFileSync(real, 'utf8')).root).toBe('tool:Read');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    const pipe = join(scene.folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [piped] = await Promise.all([readFile(pipe, 'utf8'), neighbors(scene, 'tool:Read', '--json', '--out', pipe)]);
    expect(JSON.parse(piped).root).toBe('tool:Read');
  });

  test.for([
    ['org.db', /is a database/],
    ['sessions.db', /is a database/],
    ['linked.svg', /is a database/],
    ['org.db-wal', /belongs to a database/],
    ['org.db.audit-lock', /belongs to a database/],
    ['.', /is a folder/],
    ['no/where.svg', /folder .* does not exist/],
    ['', /^--out cannot be ''/],
  ] as const)('%s is refused, and left as it is', async ([out, says]) => {
    const scene = await linkedOrchard();
    symlinkSync(scene.target, join(scene.folder, 'linked.svg'));
    const before = stateOfFolder(scene.folder);
    await expectFailure(
      ['neighbors', 'tool:Read', '-t', scene.target, '--out', out],
      { code: 2, error: 'usage', says },
      scene,
    );
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('a failure leaves the old picture', async () => {
    const scene = await linkedOrchard();
    writeFileSync(join(scene.folder, 'old.svg'), 'old');
    expect((await neighbors(scene, 'tool:Hammer', '--format', 'svg', '--out', 'old.svg')).code).toBe(2);
    expect(readFileSync(join(scene.folder, 'old.svg'), 'utf8')).toBe('old');
  });
});

describe('what cannot be', () => {
  test.for([
    [
      'a node that is not there',
      ['tool:Hammer'],
      'node-not-found',
      /tool:Hammer is not in target/,
      /audit-extract query/,
    ],
    ['no id', [], 'usage', /missing required argument 'id'/, /./],
    ['two ids', ['tool:Read', 'tool:Edit'], 'usage', /too many arguments/, /./],
    ['--depth 0', ['tool:Read', '--depth', '0'], 'usage', /^--depth cannot be '0'/, /from 1 to 5/],
    ['--depth 6', ['tool:Read', '--depth', '6'], 'usage', /^--depth cannot be '6'/, /from 1 to 5/],
    ['--limit 1001', ['tool:Read', '--limit', '1001'], 'usage', /^--limit cannot be '1001'/, /from 1 to 1000/],
    ['--limit 1e2', ['tool:Read', '--limit', '1e2'], 'usage', /^--limit cannot be '1e2'/, /from 1 to 1000/],
    ['a misspelt flag', ['tool:Read', '--dept', '2'], 'usage', /unknown option '--dept'/, /--depth/],
  ] as const)('%s is exit code 2', async ([, args, error, says, hint]) => {
    const scene = await linkedOrchard();
    await expectFailure(['neighbors', ...args, '-t', scene.target], { code: 2, error, says, hint });
  });

  test('a graph that is not there', async () => {
    const says = /does not exist/;
    await expectFailure(['neighbors', 'a:1', '-t', 'no.db'], { code: 2, error: 'target-not-found', says });
  });

  test.for(['mermaid', 'dot', 'svg', 'csv'])('is told on stderr alone under --format %s', async (format) => {
    const result = await neighbors(await linkedOrchard(), 'tool:Hammer', '--format', format);
    expectPlainMessages(result);
    expect(result).toMatchObject({ code: 2, stdout: '' });
  });

  test('pictures are of this command alone', async () => {
    const { stderr, code } = await runCli(['status', ...orchardScene().paths, '--format', 'svg']);
    expect([stderr.split('\n')[0], code]).toEqual(["error: --format cannot be 'svg'", 2]);
    const unknown = await neighbors(await linkedOrchard(), 'tool:Read', '--format', 'png');
    expect(unknown.stderr).toContain('choose one of table, json, ndjson, csv, mermaid, dot, svg');
  });
});
