import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { note } from '../support/record-requests.ts';
import { runCli } from '../support/run-cli.ts';
import { type Reply, runServer, type ServerProcess } from '../support/run-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const emptyServer = () => runServer(['-t', join(tempFolder(), 'org.db')]);

/** Adds one to the count that a node keeps, as clients do that know of others: reads, changes, and begins anew where it was too late. */
async function addOne(server: ServerProcess, path: string, user: string): Promise<number> {
  for (let tries = 1; ; tries++) {
    const read = await server.ask(path);
    const changed = await server.ask(path, {
      method: 'PUT',
      headers: { 'if-match': read.headers.get('etag') ?? '', 'x-user': user },
      body: { properties: { ...read.json.properties, count: read.json.properties.count + 1 } },
    });
    if (changed.status === 200) return tries;
    expect(changed.status).toBe(412);
  }
}

describe('clients that write at once', () => {
  it('lose no update where they say what they know', async () => {
    const target = join(tempFolder(), 'org.db');
    const server = await runServer(['-t', target]);
    await server.ask('/nodes', { method: 'POST', body: note('n', { properties: { count: 0 } }) });
    const client = async (user: string) => {
      let tries = 0;
      for (let at = 0; at < 25; at++) tries += await addOne(server, '/nodes/n', user);
      return tries;
    };
    const tries = await Promise.all([client('ann'), client('bob')]);
    expect((await server.ask('/nodes/n')).json.properties.count).toBe(50);
    // They did get in each other's way.
    expect(tries.reduce((sum, one) => sum + one)).toBeGreaterThan(50);
    const { stdout } = await runCli(['history', '-t', target, '--record', 'n', '--json', '--limit', '1000']);
    const { changes }: { readonly changes: readonly { readonly actor: string }[] } = JSON.parse(stdout);
    expect(changes.filter(({ actor }) => actor === 'ann')).toHaveLength(25);
    expect(changes).toHaveLength(51);
  });

  it('of twenty that know the same version, one is in time, to change it or to delete it', async () => {
    const server = await emptyServer();
    for (const method of ['PUT', 'DELETE']) {
      const made = await server.ask('/nodes', { method: 'POST', body: note(method) });
      const match = { 'if-match': made.headers.get('etag') ?? '' };
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          server.ask(`/nodes/${method}`, {
            method,
            headers: match,
            ...(method === 'PUT' && { body: { name: `of ${at}` } }),
          }),
        ),
      );
      const late = method === 'PUT' ? 412 : 404;
      expect(statusesOf(replies)).toEqual([method === 'PUT' ? 200 : 204, ...Array(19).fill(late)]);
    }
  });

  it('are all served, twenty of them, whatever they do, and the graph is as the log tells it', async () => {
    const folder = tempFolder();
    const target = join(folder, 'org.db');
    const server = await runServer(['-t', target]);
    await server.ask('/nodes', { method: 'POST', body: note('hub') });
    const client = async (number: number) => {
      const statuses: number[] = [];
      const ask = async (path: string, method: string, body?: unknown) =>
        void statuses.push(
          (await server.ask(path, { method, body, headers: { 'x-user': `client ${number}` } })).status,
        );
      for (let at = 0; at < 5; at++) {
        const id = `n ${number} ${at}`;
        await ask('/nodes', 'POST', note(id));
        await ask('/edges', 'POST', { edge_type: 'NEAR', from_node: 'hub', to_node: id });
        await ask('/log', 'POST', { action: 'STEP', user: `u${number % 3}`, key: `${number} ${at}` });
        await ask(`/nodes/${encodeURIComponent(id)}`, 'PUT', { name: `new ${id}` });
        if (at % 2 === 0) await ask(`/nodes/${encodeURIComponent(id)}`, 'DELETE');
      }
      return statuses;
    };
    const statuses = (await Promise.all(Array.from({ length: 20 }, (_, number) => client(number)))).flat();
    expect(statuses.filter((status) => status >= 300)).toEqual([]);
    expect((await server.ask('/nodes?type=note&limit=1000')).json.nodes).toHaveLength(41);
    expect((await server.ask('/edges?type=NEAR&limit=1000')).json.edges).toHaveLength(100);
    expect((await server.ask('/events?limit=1000')).json.nodes).toHaveLength(100);
    expect((await server.ask('/trail')).json.events).toBe(100);
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
    const { stdout, code } = await runCli(['doctor', '-t', target, '--json']);
    expect({ code, stdout }).toMatchObject({ code: 0 });
  });

  it('make one node of an id, once, and count it once', async () => {
    const server = await emptyServer();
    const made = await Promise.all(
      Array.from({ length: 20 }, () => server.ask('/nodes', { method: 'POST', body: note('one') })),
    );
    expect(statusesOf(made)).toEqual([201, ...Array(19).fill(409)]);
    const logged = await Promise.all(
      Array.from({ length: 20 }, () =>
        server.ask('/log', { method: 'POST', body: { action: 'X', key: 'k', timestamp: '2026-02-05T10:00:00Z' } }),
      ),
    );
    expect(statusesOf(logged)).toEqual([...Array(19).fill(200), 201]);
  });
});

const statusesOf = (replies: readonly Reply[]) => replies.map(({ status }) => status).toSorted((a, b) => a - b);
