import { once } from 'node:events';
import { chmodSync, copyFileSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { changeGraph, graphWith } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { openSocket, sendBytes } from '../support/raw-client.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';

const graph = () => graphWith({ nodes: [{ id: 'a' }] });
const problemIn = (said: string) => JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4));

describe('what is no HTTP', () => {
  test.for([
    ['nothing that is known', 'hello\r\n\r\n', 400],
    ['bytes', Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10]), 400],
    ['the beginning of TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), 400],
    ['a head that is too large', `GET / HTTP/1.1\r\nHost: localhost\r\nX-Large: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /nodes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx', 400],
    [
      'a length beside chunks',
      'POST /nodes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx',
      400,
    ],
    ['no host', 'GET /nodes/a HTTP/1.1\r\n\r\n', 400],
  ] as const)('is answered so: %s', async ([, bytes, status]) => {
    const server = await runServer(['-t', graph()]);
    const said = await sendBytes(server.port, bytes);
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    if (status === 431) expect(problemIn(said)).toMatchObject({ status, code: `http-${status}` });
    expect((await server.ask('/nodes/a')).status).toBe(200);
  });

  test('or no path, or no JSON, is a problem like any other', async () => {
    const server = await runServer(['-t', graph()]);
    for (const path of ['/nodes/%', '/nodes/%zz', '/nodes/%c0%ae']) {
      const said = await sendBytes(server.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(said).toMatch(/^HTTP\/1.1 400 /);
      expect(said).toMatch(/application\/problem\+json/);
    }
    const long = await sendBytes(
      server.port,
      `GET /nodes/${'x'.repeat(12_000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(long).toMatch(/^HTTP\/1.1 (404|414) /);
    const headers = { 'content-type': 'application/json' };
    for (const body of ['{', '[1,', 'null', '"x"', '{"id":', '\u0000', '{"__proto__":{}}', `${'['.repeat(5000)}`]) {
      const reply = await server.ask('/nodes', { method: 'POST', body, headers });
      expect([body.slice(0, 9), reply.status]).toEqual([body.slice(0, 9), 400]);
      expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
    expect(
      (await server.ask('/nodes', { method: 'POST', body: 'a', headers: { 'content-type': 'text/plain' } })).status,
    ).toBe(415);
    expect((await server.ask('/nodes/a')).status).toBe(200);
  });
});

describe('clients that take their time', () => {
  test('with the head of a request are cut off, and nobody waits for them', async () => {
    const server = await runServer(['-t', graph()]);
    const slow = await openSocket(server.port);
    const said: string[] = [];
    slow.setEncoding('latin1').on('data', (part: string) => void said.push(part));
    const closed = once(slow, 'close');
    const started = performance.now();
    slow.write('GET /nodes/a HTTP/1.1\r\nHost: localhost\r\n');
    const drip = setInterval(() => slow.write('X-More: x\r\n'), 500);
    onTestFinished(() => clearInterval(drip));
    expect((await server.ask('/nodes/a')).status).toBe(200);
    await closed;
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(said.join('')).toMatch(/^HTTP\/1.1 408 /);
  });

  test('with a body are cut off, too', async () => {
    const server = await runServer(['-t', graph()]);
    const slow = await openSocket(server.port);
    slow.write(
      'POST /nodes HTTP/1.1\r\nHost: localhost\r\nX-User: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{',
    );
    const started = performance.now();
    slow.resume();
    await once(slow, 'close');
    expect(performance.now() - started).toBeLessThan(45_000);
    expect((await server.ask('/nodes/a')).status).toBe(200);
  });

  test('a thousand of them, that are connected and ask nothing, are in nobody else’s way', async () => {
    const server = await runServer(['-t', graph()]);
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1]);
    expect((await server.ask('/nodes/a')).status).toBe(200);
    const before = memory();
    const sockets = await Promise.all(Array.from({ length: 1000 }, () => openSocket(server.port)));
    for (let at = 0; at < 20; at++) expect((await server.ask('/nodes/a')).status).toBe(200);
    expect(memory() - before).toBeLessThan(100_000);
    for (const socket of sockets) socket.resume();
    await Promise.all(sockets.map((socket) => (socket.destroyed ? undefined : once(socket, 'close'))));
    expect((await server.ask('/nodes/a')).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });
});

describe('a graph', () => {
  test('that is killed in the middle of a restore is the one or the other, whole', async () => {
    const target = heavyGraph('wal', 32);
    const sent = heavyGraph('wal', 32);
    changeGraph(sent, 'CREATE TABLE new(a); PRAGMA journal_mode = DELETE');
    changeGraph(target, 'CREATE TABLE old(a)');
    const body = readFileSync(sent);
    const headers = { 'content-type': 'application/octet-stream', 'x-user': 'tester' };
    const seen = new Set<string>();
    for (let kill = 0; kill < 8; kill++) {
      const copy = join(dirname(target), `run-${kill}.db`);
      copyFileSync(target, copy);
      const server = await runServer(['-t', copy, '--read-only']);
      expect(await server.stop()).toBe(0);
      const killed = await runServer(['-t', copy]);
      const restored = fetch(new URL('/db/restore', killed.url), { method: 'POST', headers, body }).then(
        ({ status }) => status,
        () => 0,
      );
      const wal = () =>
        readdirSync(dirname(target)).some(
          (name) => name.startsWith(`run-${kill}.db.before-restore`) || name.endsWith('.tmp'),
        );
      // Some are killed while the file is sent or looked over, the others while it takes the other's place.
      if (kill > 2) while (!wal()) await setTimeout(1);
      await setTimeout(kill * 25);
      await killed.stop('SIGKILL');
      const db = new Database(copy);
      const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE name IN ('old', 'new')").pluck().all();
      db.close();
      expect([['old'], ['new']]).toContainEqual(names);
      if ((await restored) === 200) expect(names).toEqual(['new']);
      expect(isIntact(copy)).toBe(true);
      const again = await runServer(['-t', copy]);
      expect((await again.ask('/nodes/audit_event%3A1')).status).toBe(200);
      expect(await again.stop()).toBe(0);
      seen.add(names[0] ?? '');
    }
    expect(seen).toContain('old');
  }, 240_000);

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
  const files = (of: ServerProcess) => readdirSync(`/proc/${of.child.pid}/fd`).length;
  await Promise.all(paths.map((path) => server.ask(path)));
  const before = files(server);
  for (let round = 0; round < 5; round++) {
    const asked = Array.from({ length: 60 }, (_, at) => server.ask(paths[at % paths.length] ?? '/'));
    for (const { status } of await Promise.all(asked)) expect([200, 404]).toContain(status);
  }
  await server.ask('/db/backup.sqlite');
  await server.ask('/db/export.zip');
  await expect.poll(() => files(server), { timeout: 20_000 }).toBeLessThan(before + 70);
});
