import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeGraph, graphWith, readAll } from '../support/graph-rows.ts';
import { buildHostileSource } from '../support/hostile-scene.ts';
import { note } from '../support/record-requests.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { orchardScene, type Scene, sceneWith } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function served(scene: Scene = orchardScene()): Promise<Scene & { readonly server: ServerProcess }> {
  await runCli(['run', ...scene.paths, '--edges']);
  return { ...scene, server: await runServer(['-t', scene.target, '--read-only']) };
}

interface Item {
  readonly id: string;
  readonly [member: string]: unknown;
}

/** All pages of a list of nodes, one after the other. */
async function walk(server: ServerProcess, path: string, limit: number): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await server.ask(`${path}limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    expect([page.status, page.text.length > 0]).toEqual([200, true]);
    items.push(...page.json.nodes);
    cursor = page.json.next;
  }
  return items;
}

const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

describe('a list of nodes over HTTP', () => {
  it('finds what query finds, whatever is asked for', async () => {
    const { server, target } = await served();
    const questions: readonly (readonly [query: string, flags: readonly string[]])[] = [
      ['type=audit_event', []],
      ['subtype=tool_error', ['--subtype', 'tool_error']],
      ['tool=Bash', ['--tool', 'Bash']],
      ['error_type=timeout', ['--error-type', 'timeout']],
      ['session=s-1', ['--session', 's-1']],
      ['agent=pruner', ['--agent', 'pruner']],
      ['text=frost', ['--text', 'frost']],
      ['since=2026-02-02&until=2026-02-04', ['--since', '2026-02-02', '--until', '2026-02-04']],
      ['since=9999d&sort=-time', ['--since', '9999d', '--sort=-time']],
      ['type=tool&sort=name', ['--type', 'tool', '--sort', 'name']],
      ['type=session&sort=-id&limit=2', ['--type', 'session', '--sort=-id', '--limit', '2']],
    ];
    for (const [query, flags] of questions) {
      const found = await server.ask(`/nodes?${query}`);
      const { stdout } = await runCli(['query', '-t', target, '--json', '--limit', '100', ...flags]);
      const wanted: { readonly nodes: readonly Item[]; readonly warnings: readonly string[] } = JSON.parse(stdout);
      expect({ query, status: found.status, ids: idsOf(found.json.nodes) }).toEqual({
        query,
        status: 200,
        ids: idsOf(wanted.nodes),
      });
      expect(found.json.warnings).toEqual(wanted.warnings);
      for (const [at, node] of wanted.nodes.entries()) expect(found.json.nodes[at]).toMatchObject(node);
    }
    expect((await server.ask('/events?tool=Bash')).text).toBe(
      (await server.ask('/nodes?type=audit_event&tool=Bash')).text,
    );
    expect((await server.ask('/events')).text).toBe((await server.ask('/nodes?type=audit_event')).text);
  });

  it('is, without a question, of all nodes in order of their ids, with their moments', async () => {
    const { server, target } = await served();
    const all = (await server.ask('/nodes?limit=1000')).json.nodes;
    expect(idsOf(all)).toEqual(
      readAll<{ readonly id: string }>(target, 'SELECT id FROM kg_nodes ORDER BY id').map(({ id }) => id),
    );
    const events = (await server.ask('/events?limit=1000')).json.nodes;
    for (const event of events) expect(all).toContainEqual(event);
    expect(await walk(server, '/nodes?', 3)).toEqual(all);
    expect(await walk(server, '/nodes?sort=id&', 7)).toEqual(all);
  });

  it('gives, page by page, all of any list in any order, whatever the ids and names', async () => {
    const { server } = await served(sceneWith(buildHostileSource));
    for (const type of ['audit_event', 'tool']) {
      for (const sort of ['time', '-time', 'id', '-id', 'name', '-name']) {
        const path = `/nodes?type=${type}&sort=${sort}&`;
        const all = (await server.ask(`${path}limit=1000`)).json;
        expect(all.next).toBeNull();
        expect(all.nodes.length).toBeGreaterThan(20);
        const walked = await walk(server, path, 17);
        expect({ type, sort, ids: idsOf(walked) }).toEqual({ type, sort, ids: idsOf(all.nodes) });
      }
    }
  });

  it('goes on after a node with a long name, and says so where that is gone', async () => {
    const names = ['a', 'b', 'c'].map((letter) => letter.repeat(20_000));
    const path = graphWith({ nodes: names.map((name, at) => ({ id: `n${at}`, type: 'long', name })) });
    const server = await runServer(['-t', path]);
    const first = await server.ask('/nodes?type=long&sort=name&limit=1');
    expect(first.json.next.length).toBeLessThan(200);
    expect(idsOf(await walk(server, '/nodes?type=long&sort=-name&', 1))).toEqual(['n2', 'n1', 'n0']);
    changeGraph(path, "DELETE FROM kg_nodes WHERE id = 'n0'");
    const lost = await server.ask(`/nodes?type=long&sort=name&limit=1&cursor=${first.json.next}`);
    expect([lost.status, lost.json.detail]).toEqual([400, 'the node at which the last page ended is gone']);
  });

  it('shows what is deleted where that is wanted', async () => {
    const server = await runServer(['-t', join(tempFolder(), 'org.db')]);
    for (const id of ['a', 'b']) await server.ask('/nodes', { method: 'POST', body: note(id) });
    await server.ask('/nodes/a', { method: 'DELETE' });
    const ids = async (query: string) => idsOf((await server.ask(`/nodes?${query}`)).json.nodes);
    expect([await ids(''), await ids('type=note')]).toEqual([['b'], ['b']]);
    expect([await ids('deleted=true'), await ids('type=note&deleted=true&sort=id')]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('is refused where the question is none', async () => {
    const { server } = await served();
    const cursor = (await server.ask('/nodes?limit=1')).json.next;
    const cases: readonly (readonly [query: string, says: string])[] = [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=1e2', 'limit'],
      ['limit=+7', 'limit'],
      ['limit=', 'limit'],
      ['deleted=', 'deleted'],
      ['__proto__=1', 'unknown member: __proto__'],
      ['color=red', 'unknown member: color'],
      ['type=a&type=b', 'type'],
      ['deleted=maybe', 'deleted'],
      ['type=tool&sort=color', "sort cannot be 'color'"],
      ['type=tool&sort=', "sort cannot be ''"],
      ['sort=time', 'in order of their ids alone'],
      ['text=%21%21', "text cannot be '!!'"],
      ['since=yesteryear', 'since cannot be'],
      ['since=2026-02-04&until=2026-02-02', 'since 2026-02-04 is later than until 2026-02-02'],
      ['cursor=x', 'the cursor is none'],
      ['cursor=', 'the cursor is none'],
      [`type=tool&cursor=${cursor}`, 'the cursor is none'],
      ['error_type=x&errorType=y', 'unknown member: errorType'],
    ];
    for (const [query, says] of cases) {
      const reply = await server.ask(`/nodes?${query}`);
      expect({ query, status: reply.status, text: reply.text }).toMatchObject({ status: 400 });
      expect(reply.json.detail).toContain(says);
    }
    expect((await server.ask('/events?type=tool')).status).toBe(400);
  });
});
