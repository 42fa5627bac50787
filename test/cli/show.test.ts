import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

const BASH = 'audit_event:err:a11ce000-0001-4000-8000-000000000001:Bash:exit_code_1';

/** The orchard's graph, with 25 edges from one of its nodes and one to it. */
async function linkedGraph(): Promise<Scene> {
  const scene = orchardScene();
  await runCli(scene.paths);
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
    await expect(stdout).toMatchFileSnapshot('golden/show.txt');
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
