import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { note, sendText } from '../support/record-requests.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const emptyServer = (...flags: string[]) => runServer(['-t', join(tempFolder(), 'org.db'), ...flags]);
const post = (server: ServerProcess, path: string, body: unknown) => server.ask(path, { method: 'POST', body });
const about = (from_node: string, to_node: string) => ({ edge_type: 'ABOUT', from_node, to_node });

describe('a batch over HTTP', () => {
  it('makes and deletes as many nodes and edges as a thousand', async () => {
    const server = await emptyServer();
    const ids = Array.from({ length: 1000 }, (_, at) => `n${String(at).padStart(4, '0')}`);
    const made = await post(server, '/nodes/batch', { nodes: ids.map((id) => note(id)) });
    expect(made.status).toBe(201);
    expect(made.json.nodes.map(({ id }: { readonly id: string }) => id)).toEqual(ids);
    expect((await server.ask('/nodes?limit=1000')).json.nodes).toHaveLength(1000);
    const edges = await post(server, '/edges/batch', { edges: ids.slice(1).map((id) => about('n0000', id)) });
    expect([edges.status, edges.json.edges.length]).toEqual([201, 999]);
    const gone = await post(server, '/edges/batch-delete', {
      ids: ['ABOUT:n0000->n0001', 'none', 'ABOUT:n0000->n0002'],
    });
    expect([gone.status, gone.json]).toEqual([200, { deleted: 2 }]);
    expect(
      (await post(server, '/nodes/batch-delete', { ids: [...ids.slice(500), 'none'].slice(0, 1000) })).json,
    ).toEqual({ deleted: 500 });
    expect((await post(server, '/nodes/batch-delete', { ids: ids.slice(500) })).json).toEqual({ deleted: 0 });
    expect((await server.ask('/nodes?limit=1000')).json.nodes).toHaveLength(500);
  });

  it('keeps every digit of every record', async () => {
    const server = await emptyServer();
    const record = (at: number) =>
      `{"properties" : {"n": 1234567890123456789${at}, "list":[[${at}.0]]}, "id":"n${at}","node_type":"t","name":"\\"},{"}`;
    const made = await sendText(
      server,
      'POST',
      '/nodes/batch',
      ` { "nodes" : [ ${[0, 1, 2].map(record).join(' ,\n ')} ] } `,
    );
    expect(made.status).toBe(201);
    for (const at of [0, 1, 2]) {
      const text = `"properties":{"n":1234567890123456789${at},"list":[[${at}.0]]}`;
      expect(made.text).toContain(text);
      expect((await server.ask(`/nodes/n${at}`)).text).toContain(text);
    }
  });

  it('makes all or none', async () => {
    const server = await emptyServer();
    await post(server, '/nodes', note('b'));
    const cases: readonly (readonly [status: number, nodes: unknown])[] = [
      [409, [note('a'), note('b')]],
      [409, [note('a'), note('a')]],
      [400, [note('a'), note('x'.repeat(513))]],
      [400, [note('a'), { ...note('c'), color: 'red' }]],
      [400, []],
      [400, Array.from({ length: 1001 }, (_, at) => note(`n${at}`))],
    ];
    for (const [status, nodes] of cases) expect((await post(server, '/nodes/batch', { nodes })).status).toBe(status);
    expect((await post(server, '/edges/batch', { edges: [about('b', 'b'), about('b', 'a')] })).status).toBe(400);
    expect((await post(server, '/nodes/batch-delete', { ids: [] })).status).toBe(400);
    expect((await server.ask('/nodes')).json.nodes).toHaveLength(1);
    expect((await server.ask('/edges')).json.edges).toEqual([]);
  });

  it('may have more bytes than one record, and not without end', async () => {
    const server = await emptyServer();
    const nodes = [0, 1, 2].map((at) => note(`n${at}`, { properties: { text: 'x'.repeat(1_000_000) } }));
    expect((await post(server, '/nodes/batch', { nodes })).status).toBe(201);
    const large = `{"nodes":[{"id":"a","node_type":"t","name":"${'x'.repeat(33_600_000)}"}]}`;
    expect((await sendText(server, 'POST', '/nodes/batch', large)).status).toBe(413);
  });
});

describe('--max-records', () => {
  it('lets no more of a type be made, whichever way', async () => {
    const server = await emptyServer('--max-records', '3');
    for (const id of ['a', 'b']) expect((await post(server, '/nodes', note(id))).status).toBe(201);
    const batch = await post(server, '/nodes/batch', { nodes: [note('c'), note('d')] });
    expect([batch.status, batch.json.code]).toEqual([409, 'record-limit']);
    expect(
      (await post(server, '/nodes/batch', { nodes: [note('c'), { ...note('x'), node_type: 'other' }] })).status,
    ).toBe(201);
    const full = await post(server, '/nodes', note('d'));
    expect(full.json).toMatchObject({
      status: 409,
      code: 'record-limit',
      detail: 'there would be more nodes of type note than 3',
    });
    // One that is deleted is there still.
    await server.ask('/nodes/a', { method: 'DELETE' });
    expect((await post(server, '/nodes', note('d'))).status).toBe(409);
    expect((await post(server, '/nodes/a/restore', {})).status).toBe(200);
    // Nor does a node become one of them, while it may change else.
    expect((await server.ask('/nodes/x', { method: 'PUT', body: { node_type: 'note' } })).status).toBe(409);
    expect((await server.ask('/nodes/x', { method: 'PUT', body: { name: 'new', node_type: 'other' } })).status).toBe(
      200,
    );
    expect((await server.ask('/nodes/a', { method: 'PUT', body: { name: 'new' } })).status).toBe(200);
  });

  it('holds for edges, those that are brought back too', async () => {
    const server = await emptyServer('--max-records', '3');
    await post(server, '/nodes/batch', { nodes: ['a', 'b', 'c'].map((id) => note(id)) });
    for (const to of ['a', 'b', 'c']) expect((await post(server, '/edges', about('a', to))).status).toBe(201);
    expect((await post(server, '/edges', about('b', 'a'))).status).toBe(409);
    expect((await server.ask('/edges/ABOUT:a->a', { method: 'DELETE' })).status).toBe(204);
    expect((await post(server, '/edges', about('b', 'a'))).status).toBe(201);
    expect((await post(server, '/edges/ABOUT:a->a/restore', undefined)).json).toMatchObject({
      status: 409,
      code: 'record-limit',
    });
    expect((await server.ask('/edges/ABOUT:a->a')).status).toBe(404);
    // Types that begin alike, or with what is escaped in ids, are others.
    for (const type of ['ABOUT:x', 'ABOU', 'A%3AB']) {
      expect((await post(server, '/edges', { ...about('a', 'b'), edge_type: type })).status).toBe(201);
    }
  });

  it('holds for actions, but not for those that are logged already', async () => {
    const server = await emptyServer('--max-records', '2');
    const log = (key: string) => post(server, '/log', { action: 'LOGIN', key, timestamp: '2026-02-05T10:00:00Z' });
    expect([(await log('1')).status, (await log('2')).status]).toEqual([201, 201]);
    expect((await log('3')).json).toMatchObject({ status: 409, code: 'record-limit' });
    expect([(await log('1')).status, (await log('2')).json.is_new]).toEqual([200, false]);
  });
});
