import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { changeGraph, graphWith } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { runServer } from '../support/run-server.ts';

const graph = () => graphWith({ nodes: [{ id: 'a' }] });

describe('a graph', () => {
  test('that is only to be read is read, and nothing is written beside it', async () => {
    const target = graph();
    changeGraph(target, 'PRAGMA journal_mode = DELETE');
    chmodSync(target, 0o444);
    const before = readFileSync(target);
    const server = await runServer(['-t', target, '--read-only']);
    for (const path of [
      '/nodes/a',
      '/nodes',
      '/db/health',
      '/db/audit',
      '/db/diagram.svg',
      '/db/export.zip',
      '/db/backup.sqlite',
    ])
      expect([path, (await server.ask(path)).status]).toEqual([path, 200]);
    expect(await server.ask('/nodes', { method: 'POST', body: {} })).toMatchObject({ status: 405 });
    expect(await server.stop()).toBe(0);
    expect(readFileSync(target)).toEqual(before);
    expect(readdirSync(dirname(target))).toEqual(['org.db']);
  });

  test('that is removed under the server is missed, and one that takes its place is served', async () => {
    const target = graph();
    const other = graphWith({ nodes: [{ id: 'b' }] });
    const server = await runServer(['-t', target, '--read-only']);
    expect((await server.ask('/nodes/a')).status).toBe(200);
    for (const end of ['', '-wal', '-shm']) rmSync(target + end, { force: true });
    for (const path of [
      '/nodes/a',
      '/nodes',
      '/db/health',
      '/db/audit',
      '/db/backup.sqlite',
      '/db/export.zip',
      '/stats',
    ])
      expect(await server.ask(path)).toMatchObject({ status: 503, json: { code: 'target-not-found' } });
    changeGraph(other, 'PRAGMA journal_mode = DELETE');
    renameSync(other, target);
    expect((await server.ask('/nodes/b')).status).toBe(200);
    expect((await server.ask('/nodes/a')).status).toBe(404);
  });

  test('that is removed under a server that writes is made anew by what is written next, and nothing goes where it was', async () => {
    const target = graph();
    const server = await runServer(['-t', target]);
    const post = (id: string) => server.ask('/nodes', { method: 'POST', body: { id, node_type: 'note', name: id } });
    expect((await post('one')).status).toBe(201);
    for (const end of ['', '-wal', '-shm']) rmSync(target + end, { force: true });
    expect((await server.ask('/nodes/one')).status).toBe(503);
    expect((await post('two')).status).toBe(201);
    expect((await server.ask('/nodes/two')).status).toBe(200);
    expect((await server.ask('/nodes/one')).status).toBe(404);
    expect(await server.stop()).toBe(0);
    expect(isIntact(target)).toBe(true);
  });

  test('that another program restores is seen as it is then, by readers and writer', async () => {
    const [target, sent] = [graph(), graphWith({ nodes: [{ id: 'b' }] })];
    const server = await runServer(['-t', target]);
    const post = (id: string) => server.ask('/nodes', { method: 'POST', body: { id, node_type: 'note', name: id } });
    expect((await post('one')).status).toBe(201);
    const other = await runServer(['-t', target]);
    const headers = { 'content-type': 'application/octet-stream' };
    changeGraph(sent, 'PRAGMA journal_mode = DELETE');
    expect((await other.ask('/db/restore', { method: 'POST', headers, body: readFileSync(sent) })).status).toBe(200);
    expect([(await server.ask('/nodes/one')).status, (await server.ask('/nodes/b')).status]).toEqual([404, 200]);
    expect((await post('one')).status).toBe(201);
    expect((await other.ask('/nodes/one')).status).toBe(200);
  });

  test('of others, without our tables, gets them where it may be written', async () => {
    const [target, left] = [graph(), graph()];
    const tables = (path: string) => {
      const db = new Database(path, { readonly: true });
      const names = db
        .prepare<[], string>("SELECT name FROM sqlite_schema WHERE name GLOB 'audit_*' AND type = 'table'")
        .pluck()
        .all();
      db.close();
      return names.length;
    };
    const server = await runServer(['-t', target]);
    expect((await server.ask('/nodes/a')).status).toBe(200);
    expect(
      (await server.ask('/nodes', { method: 'POST', body: { id: 'n', node_type: 'note', name: 'n' } })).status,
    ).toBe(201);
    expect((await server.ask('/db/audit')).json.changes).toMatchObject([{ record_id: 'n' }]);
    expect(tables(target)).toBeGreaterThan(0);
    const reading = await runServer(['-t', left, '--read-only']);
    expect((await reading.ask('/nodes/a')).status).toBe(200);
    expect((await reading.ask('/db/export.zip')).status).toBe(200);
    expect(tables(left)).toBe(0);
  });
});

test('a port that is in use, or no address of this machine, is told of before anything is served', async () => {
  const taken = createServer();
  taken.listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const args = ['serve', '-t', graph(), '--port'];
  await expectFailure([...args, port], { code: 2, error: 'address-unusable', says: new RegExp(port), hint: /--port/ });
  await expectFailure([...args, '0', '--host', '127.0.0.1.2'], { code: 2, error: 'token-missing' });
});

test('many at once, whatever they ask for, are answered all, and nothing is left open', async () => {
  const target = heavyGraph('wal', 4);
  const server = await runServer(['-t', target]);
  const paths = ['/nodes/audit_event%3A1', '/nodes', '/db/health', '/db/audit', '/db/diagram.svg', '/stats', '/none'];
  // What clients keep open for their next questions is theirs.
  const files = () => readdirSync(`/proc/${server.child.pid}/fd`).length - connectionsTo(server.port);
  await Promise.all(paths.map((path) => server.ask(path)));
  const before = files();
  for (let round = 0; round < 5; round++) {
    const asked = Array.from({ length: 60 }, (_, at) => server.ask(paths[at % paths.length] ?? '/'));
    for (const { status } of await Promise.all(asked)) expect([200, 404]).toContain(status);
  }
  await server.ask('/db/backup.sqlite');
  await server.ask('/db/export.zip');
  await expect.poll(() => files(), { timeout: 20_000 }).toBeLessThan(before + 10);
});

/** How many connections to a port of this machine are open at both ends. */
function connectionsTo(port: number): number {
  const local = new RegExp(`^ *\\d+: [0-9A-F]+:${port.toString(16).toUpperCase().padStart(4, '0')} \\S+ 01 `);
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .filter((line) => local.test(line)).length;
}
