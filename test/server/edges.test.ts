import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { edgeId } from '../../src/model/edge.ts';
import { addToGraph } from '../support/graph-of.ts';
import { changeGraph, graphWith } from '../support/graph-rows.ts';
import { HOSTILE_IDS, note, pathTo, sendText } from '../support/record-requests.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const about = (from: string, to: string, more: object = {}) => ({
  edge_type: 'ABOUT',
  from_node: from,
  to_node: to,
  ...more,
});

async function serverWith(...ids: readonly string[]): Promise<ServerProcess> {
  const server = await runServer(['-t', join(tempFolder(), 'org.db')]);
  for (const id of ids) await server.ask('/nodes', { method: 'POST', body: note(id) });
  return server;
}

const post = (server: ServerProcess, path: string, body?: unknown) => server.ask(path, { method: 'POST', body });

interface Item {
  readonly id: string;
  readonly edge_type: string;
  readonly from_node: string;
  readonly to_node: string;
}

/** All pages of a list of edges, one after the other. */
async function walk(server: ServerProcess, query: string, limit: number): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await server.ask(`/edges?${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(page.status).toBe(200);
    expect(page.json.edges.length).toBeLessThanOrEqual(limit);
    items.push(...page.json.edges);
    cursor = page.json.next;
  }
  return items;
}

const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

describe('an edge over HTTP', () => {
  it('is made, read, changed, deleted and brought back as it was', async () => {
    const server = await serverWith('a', 'b');
    const made = await sendText(
      server,
      'POST',
      '/edges',
      '{"edge_type":"ABOUT","from_node":"a","to_node":"b","properties":{"big":12345678901234567890}}',
    );
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ id: 'ABOUT:a->b', edge_type: 'ABOUT', from_node: 'a', to_node: 'b' });
    expect(made.text).toContain('"properties":{"big":12345678901234567890}');
    const path = made.headers.get('location') ?? '';
    expect(path).toBe('/edges/ABOUT%3Aa-%3Eb');
    const read = await server.ask(path);
    expect([read.text, read.headers.get('etag')]).toEqual([made.text, made.headers.get('etag')]);
    const same = await server.ask(path, { headers: { 'if-none-match': made.headers.get('etag') ?? '' } });
    expect([same.status, same.text]).toEqual([304, '']);
    const changed = await sendText(server, 'PUT', path, '{"properties":{"n":9007199254740993}}');
    expect([changed.status, changed.text.includes('"properties":{"n":9007199254740993}')]).toEqual([200, true]);
    const stale = await server.ask(path, { method: 'DELETE', headers: { 'if-match': made.headers.get('etag') ?? '' } });
    expect([stale.status, stale.json.code]).toEqual([412, 'record-changed']);
    expect(
      (await server.ask(path, { method: 'DELETE', headers: { 'if-match': changed.headers.get('etag') ?? '' } })).status,
    ).toBe(204);
    expect((await server.ask(path)).status).toBe(404);
    const back = await post(server, `${path}/restore`);
    expect([back.status, back.text.includes('"properties":{"n":9007199254740993}')]).toEqual([200, true]);
    expect((await post(server, `${path}/restore`)).status).toBe(200);
    const nothing = await server.ask(path, { method: 'PUT', body: { properties: null } });
    expect(nothing.json.properties).toBeNull();
  });

  it('may have ends of any id', async () => {
    const server = await serverWith(...HOSTILE_IDS);
    for (const [at, from] of HOSTILE_IDS.entries()) {
      const to = HOSTILE_IDS[(at + 1) % HOSTILE_IDS.length] ?? '';
      const made = await post(server, '/edges', about(from, to));
      expect({ from, status: made.status, json: made.json }).toMatchObject({
        status: 201,
        json: { from_node: from, to_node: to },
      });
      const path = pathTo('edges', edgeId({ edgeType: 'ABOUT', fromNode: from, toNode: to }));
      expect(made.headers.get('location')).toBe(path);
      expect((await server.ask(path)).text).toBe(made.text);
      const listed = await server.ask(`/edges?${new URLSearchParams({ from, to, type: 'ABOUT' })}`);
      expect(listed.json.edges).toEqual([made.json]);
      expect((await server.ask(path, { method: 'DELETE' })).status).toBe(204);
    }
  });

  it('is told what is wrong with it', async () => {
    const server = await serverWith('a', 'b');
    await post(server, '/edges', about('a', 'b'));
    const cases: readonly (readonly [status: number, says: string, body: unknown])[] = [
      [409, 'there is an edge ABOUT:a->b already', about('a', 'b')],
      [400, 'needs node c', about('a', 'c')],
      [400, 'needs node c', about('c', 'a')],
      [400, 'edge_type', { from_node: 'a', to_node: 'b' }],
      [400, 'edge_type', { ...about('a', 'b'), edge_type: '' }],
      [400, 'edge_type', { ...about('a', 'b'), edge_type: 'x'.repeat(201) }],
      [400, 'to_node', { ...about('a', 'b'), to_node: 7 }],
      [400, 'unknown member: id', { ...about('a', 'b'), id: 'mine' }],
      [400, 'properties', { ...about('b', 'a'), properties: [] }],
      [400, 'body must be object', []],
    ];
    for (const [status, says, body] of cases) {
      const reply = await post(server, '/edges', body);
      expect({ body, status: reply.status, text: reply.text }).toMatchObject({ status });
      expect(reply.json.detail).toContain(says);
    }
    for (const reply of [
      await server.ask('/edges/none'),
      await server.ask('/edges/none', { method: 'PUT', body: { properties: {} } }),
      await server.ask('/edges/none', { method: 'DELETE' }),
      await post(server, '/edges/none/restore'),
    ]) {
      expect([reply.status, reply.json.detail]).toEqual([404, 'there is no edge none']);
    }
    expect((await server.ask('/edges/ABOUT:a->b', { method: 'PUT', body: {} })).status).toBe(400);
    expect((await server.ask('/edges')).json.edges).toHaveLength(1);
  });

  it('of others is read and deleted, and changed where its id is as ours are', async () => {
    const path = graphWith({
      nodes: [{ id: 'a' }, { id: 'b' }],
      edges: [{ from: 'a', to: 'b', properties: 'no JSON' }],
    });
    const server = await runServer(['-t', path]);
    expect((await server.ask('/edges/edge%200')).json).toMatchObject({ edge_type: 'HAS_EVENT', properties: 'no JSON' });
    const refused = await server.ask('/edges/edge%200', { method: 'PUT', body: { properties: {} } });
    expect([refused.status, refused.json.code]).toEqual([400, 'record-invalid']);
    expect((await server.ask('/edges/edge%200', { method: 'DELETE' })).status).toBe(204);
    expect((await post(server, '/edges/edge%200/restore')).json).toMatchObject({ id: 'edge 0', properties: 'no JSON' });
  });
});

describe('a list of edges over HTTP', () => {
  it('is of all, of a type, of a node, or between two, page by page', async () => {
    const path = join(tempFolder(), 'org.db');
    const nodes = ['a', 'b', 'c', 'd:1', '漢', '😀', '\ufffd'];
    const types = ['ABOUT', 'A:B', 'ABOU', 'Z', '漢', '😀'];
    const triples = types.flatMap((type, at) =>
      nodes.flatMap((from, x) =>
        nodes.filter((_, y) => (x * 3 + y + at) % 3 === 0).map((to) => [from, type, to] as const),
      ),
    );
    addToGraph(
      path,
      nodes.map((id) => ({ id })),
      triples,
    );
    // Some have ids that others gave them.
    changeGraph(
      path,
      "UPDATE kg_edges SET id = 'their ' || rowid WHERE rowid % 5 = 0; UPDATE kg_edges SET id = '~' || rowid WHERE rowid % 7 = 0",
    );
    const server = await runServer(['-t', path, '--read-only']);
    const all = await walk(server, '', 1000);
    expect(all).toHaveLength(triples.length);
    const questions = [
      {},
      ...types.map((type) => ({ type })),
      ...nodes.flatMap((node) => [{ from: node }, { to: node }, { from: node, type: 'Z' }, { to: node, type: '漢' }]),
      ...nodes.map((from) => ({ from, to: 'c' })),
      { from: 'a', to: 'b', type: 'ABOUT' },
      { type: 'none' },
      { from: 'none' },
    ];
    for (const question of questions) {
      const { type, from, to }: { type?: string; from?: string; to?: string } = question;
      const wanted = all.filter(
        (edge) =>
          (type ?? edge.edge_type) === edge.edge_type &&
          (from ?? edge.from_node) === edge.from_node &&
          (to ?? edge.to_node) === edge.to_node,
      );
      const query = new URLSearchParams(question).toString();
      const once = await walk(server, query, 1000);
      expect({ question, ids: idsOf(once).toSorted() }).toEqual({ question, ids: idsOf(wanted).toSorted() });
      for (const limit of [1, 4]) {
        expect({ question, limit, ids: idsOf(await walk(server, query, limit)) }).toEqual({
          question,
          limit,
          ids: idsOf(once),
        });
      }
    }
  });

  it('is refused where the question or the cursor is none', async () => {
    const server = await serverWith('a', 'b', 'c');
    for (const to of ['b', 'c']) await post(server, '/edges', about('a', to));
    const { next } = (await server.ask('/edges?from=a&limit=1')).json;
    expect((await server.ask(`/edges?from=a&limit=1&cursor=${next}`)).json.edges).toHaveLength(1);
    for (const query of [
      `cursor=${next}`,
      `to=a&cursor=${next}`,
      'from=a&cursor=x',
      'limit=0',
      'kind=ABOUT',
      'from=a&from=b',
    ]) {
      expect({ query, status: (await server.ask(`/edges?${query}`)).status }).toEqual({ query, status: 400 });
    }
    const forged = Buffer.from('["edges,from","x"]').toString('base64url');
    const reply = await server.ask(`/edges?from=a&cursor=${forged}`);
    expect([reply.status, reply.json.detail]).toEqual([400, 'the place is none in this list of edges']);
  });

  it('is empty where there are no edges, and no server error where kg_edges is none of ours', async () => {
    const bare = graphWith({ nodes: [{ id: 'a' }] });
    changeGraph(bare, 'DROP TABLE kg_edges');
    expect((await (await runServer(['-t', bare, '--read-only'])).ask('/edges?type=x')).json).toEqual({
      ...{ edges: [], next: null, warnings: [] },
    });
  });
});
