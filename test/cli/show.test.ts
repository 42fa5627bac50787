import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { addHub } from '../support/graph-of.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

const BASH = 'audit_event:err:a11ce000-0001-4000-8000-000000000001:Bash:exit_code_1';

/** The orchard's graph, with 25 edges from one of its nodes and one to it. */
async function linkedGraph(): Promise<Scene> {
  const scene = await extracted(orchardScene());
  const db = new Database(scene.target);
  const node = db.prepare(
    "INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES (?, 'agent', ?, '', '')",
  );
  const edge = db.prepare("INSERT INTO kg_edges VALUES (?, ?, ?, ?, ?, '', '')");
  for (let at = 10; at < 35; at++) {
    node.run(`agent:${at}`, String(at));
    edge.run(`BY_AGENT:${at}`, 'BY_AGENT', BASH, `agent:${at}`, null);
  }
  edge.run('HAS_EVENT:1', 'HAS_EVENT', 'agent:10', BASH, '{"created":9007199254740993}');
  db.prepare(
    "UPDATE kg_nodes SET created_at = '2026-04-01T00:00:00.000Z', updated_at = '2026-04-02T00:00:00.000Z' WHERE id = ?",
  ).run(BASH);
  db.close();
  return scene;
}

describe('show', () => {
  test('tells a person of a node, its properties, its edges and its history', async () => {
    const { target } = await linkedGraph();
    const { stdout, stderr, code } = await runCli(['show', BASH, '-t', target]);
    expect([code, stderr]).toEqual([0, '']);
    const timeless = stdout.replace(/^( {2}insert +)\S+/m, '$12026-04-02T00:00:00.000Z');
    await expect(timeless).toMatchFileSnapshot('golden/show.txt');
  });

  test('has one document, with the first twenty edges of each direction and all digits', async () => {
    const { target } = await linkedGraph();
    const { stdout } = await runCli(['show', BASH, '-t', target, '--json']);
    expect(stdout).toContain('"properties": {"created":9007199254740993}');
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      schema: 'audit-extract/show@1',
      node: { id: BASH, properties: { error_count: 3 } },
      deleted: false,
      edges: {
        out: { more: 5 },
        in: { edges: [{ id: 'HAS_EVENT:1', from_node: 'agent:10', to_node: BASH }], more: 0 },
      },
      history: { created_at: '2026-04-01T00:00:00.000Z', updated_at: '2026-04-02T00:00:00.000Z', deleted_at: null },
    });
    expect(document.edges.out.edges).toHaveLength(20);
  });

  test('has one line in ndjson, and one row in CSV', async () => {
    const { target } = await linkedGraph();
    const { stdout: line } = await runCli(['show', BASH, '-t', target, '--format', 'ndjson']);
    expect(JSON.parse(line)).toMatchObject({ id: BASH, edges_out: 25, edges_in: 1, deleted: false });
    const { stdout: csv } = await runCli(['show', BASH, '-t', target, '--format', 'csv']);
    expect(csv.split('\r\n')).toHaveLength(3);
    expect(csv).toMatch(/edges_out,edges_in\r\n.*,25,1\r\n$/s);
  });

  test('shows as many edges as are wanted, and says how to see the others', async () => {
    const { target } = await linkedGraph();
    const table = async (...flags: readonly string[]) => (await runCli(['show', BASH, '-t', target, ...flags])).stdout;
    expect(await table()).toContain('and 5 more: --edges 25 shows them');
    expect((await table('--edges', '25')).match(/BY_AGENT ->/g)).toHaveLength(25);
    expect(await table('--edges', '25')).not.toMatch(/more/);
    const { edges } = JSON.parse(await table('--json', '--edges', '0'));
    expect(edges).toEqual({ out: { edges: [], more: 25 }, in: { edges: [], more: 1 } });
  });

  test('says how many of a thousand and more edges can be seen', async () => {
    const { target } = orchardScene();
    addHub(target, 1500);
    const { stdout } = await runCli(['show', 'audit_trail:main', '-t', target]);
    expect(stdout).toContain('and 1,480 more: --edges 1000 shows the first 1,000');
    const { stdout: most } = await runCli(['show', 'audit_trail:main', '-t', target, '--edges', '1000']);
    expect(most).toContain('\n  and 500 more\n');
  });

  test('names what edges lead to where the id does not say it, and shows their properties', async () => {
    const { target } = await linkedGraph();
    const db = new Database(target);
    db.pragma('foreign_keys = OFF');
    db.exec(`UPDATE kg_nodes SET name = 'Planter' WHERE id = 'agent:11';
      UPDATE kg_nodes SET name = 'Pruner', deleted_at = '2026-05-01' WHERE id = 'agent:12';
      UPDATE kg_edges SET properties = '{}' WHERE id = 'BY_AGENT:11';
      UPDATE kg_edges SET to_node = 'agent:none', id = 'BY_AGENT:00' WHERE id = 'BY_AGENT:13';`);
    db.close();
    const { stdout } = await runCli(['show', BASH, '-t', target]);
    expect(stdout).toMatch(/ -> +agent:10\n/);
    expect(stdout).toMatch(/ -> +agent:11 {2}Planter\n/);
    expect(stdout).toMatch(/ -> +agent:12 {2}Pruner {2}\(deleted\)\n/);
    expect(stdout).toMatch(/ <- +agent:10 {2}\{"created":9007199254740993\}\n/);
    const { edges } = JSON.parse((await runCli(['show', BASH, '-t', target, '--json', '--edges', '25'])).stdout);
    const others = edges.out.edges.map(({ other }: { other: object }) => other);
    expect(others.slice(1, 3)).toEqual([
      { id: 'agent:11', name: 'Planter', in_graph: true, deleted: false },
      { id: 'agent:12', name: 'Pruner', in_graph: true, deleted: true },
    ]);
    expect(others[23]).toMatchObject({ id: 'agent:34', name: '34' });
    expect(others[24]).toEqual({ id: 'agent:none', name: null, in_graph: false, deleted: false });
    const { stdout: whole } = await runCli(['show', BASH, '-t', target, '--edges', '25']);
    expect(whole).toMatch(/ -> +agent:none {2}\(not in the graph\)\n/);
  });

  test.for([
    ['-1', /^--edges cannot be '-1'/],
    ['1001', /^--edges cannot be '1001'/],
    ['1.5', /^--edges cannot be '1.5'/],
    ['many', /^--edges cannot be 'many'/],
  ] as const)('%s is no number of edges', async ([edges, says]) => {
    const { target } = await linkedGraph();
    const args = ['show', BASH, '-t', target, `--edges=${edges}`];
    await expectFailure(args, { code: 2, error: 'usage', says, hint: /from 0 to 1000/ });
  });

  test('says that another program wrote a node, and nothing empty of when', async () => {
    const { target } = await linkedGraph();
    const db = new Database(target);
    db.exec(`INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES
      ('CDocs:1', 'CDocs', 'A document', '', ''), ('audit_event:old', 'audit_event', 'Old', '2026-01-01', '');`);
    db.close();
    const show = async (id: string) => (await runCli(['show', id, '-t', target])).stdout.split('History\n')[1];
    const foreign = '  audit-extract has no record of having written this node.\n';
    expect(await show('CDocs:1')).toBe(foreign);
    expect(await show('audit_event:old')).toMatch(new RegExp(`^  written +2026-01-01\n${foreign}$`));
    // Nothing is kept of who made an agent, a user or the like.
    expect(await show('agent:10')).toBe('  When it was written is not known.\n');
    const recorded = async (id: string) =>
      JSON.parse((await runCli(['show', id, '-t', target, '--json'])).stdout).recorded;
    expect([await recorded('CDocs:1'), await recorded('agent:10'), await recorded(BASH)]).toEqual([false, null, true]);
  });

  test('says that a node is deleted', async () => {
    const { target } = await linkedGraph();
    const db = new Database(target);
    db.prepare("UPDATE kg_nodes SET deleted_at = '2026-05-01T00:00:00.000Z' WHERE id = ?").run(BASH);
    db.close();
    expect((await runCli(['show', BASH, '-t', target])).stdout).toMatch(/^deleted +2026-05-01T00:00:00.000Z$/m);
    expect(JSON.parse((await runCli(['show', BASH, '-t', target, '--json'])).stdout)).toMatchObject({ deleted: true });
  });

  test('does without edges, and without columns of ours', async () => {
    const { target } = orchardScene();
    const db = new Database(target);
    db.exec(
      "CREATE TABLE kg_nodes(id TEXT UNIQUE, node_type, name, properties); INSERT INTO kg_nodes VALUES ('a', 'x', 'n', 'odd')",
    );
    db.close();
    const { stdout, code } = await runCli(['show', 'a', '-t', target, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      node: { subtype: null, properties: 'odd' },
      edges: { out: { edges: [], more: 0 } },
    });
  });

  test('shows nothing that does harm, and writes nothing', async () => {
    const scene = await linkedGraph();
    const db = new Database(scene.target);
    const insert = db.prepare("INSERT INTO kg_nodes VALUES (?, ?, ?, ?, ?, ?, ?, '', '', NULL)");
    const texts = Object.values(HOSTILE_TEXTS);
    const all = JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])));
    insert.run('bad', ...texts.slice(0, 3), all, ...texts.slice(3, 5));
    db.close();
    const before = stateOfFolder(scene.folder);
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout, code } = await runCli(['show', 'bad', '-t', scene.target, '--format', format]);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[^\P{Cc}\r\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
    }
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('of an id that no node has fails, and says how to find one', async () => {
    const { target } = await linkedGraph();
    await expectFailure(['show', 'audit_event:none', '-t', target], {
      code: 2,
      error: 'node-not-found',
      says: /no node audit_event:none/,
      hint: /audit-extract query/,
    });
    await expectFailure(['show', '-t', target], { code: 2, error: 'usage', says: /missing required argument/ });
    const { code, stderr } = await runCli(['show', BASH, '-t', target, '--format', 'xml']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('csv')]);
  });
});
