import { describe, expect, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { graphWith } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { openSocket, stalledClient, until } from '../support/raw-client.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer } from '../support/run-server.ts';
import { serverTemp } from '../support/served-folders.ts';
import { eventsOf } from '../support/server-events.ts';

describe.each(['SIGINT', 'SIGTERM'] as const)('%s ends a server', (signal) => {
  test('with 0 at once where it has nothing to do, whoever is connected', async () => {
    const server = await runServer(['-t', graphWith({ nodes: [] })]);
    const silent = await openSocket(server.port);
    expect((await server.ask('/nodes')).status).toBe(200);
    const started = performance.now();
    expect(await server.stop(signal)).toBe(0);
    expect(performance.now() - started).toBeLessThan(8000);
    expect(server.stderr()).toBe('');
    silent.destroy();
    await expect(server.ask('/nodes')).rejects.toThrow();
  });

  test('when the run that is going on has ended at a whole batch, and its followers know', async () => {
    const scene = bigScene(20_000);
    const server = await runServer([...scene.paths, '--batch-size', '20']);
    const { json } = await server.ask('/runs', { method: 'POST' });
    let last: string | undefined;
    let stopped: Promise<number | null> | undefined;
    for await (const { name, data } of eventsOf(server, json.id)) {
      if (name === 'batch-written') stopped ??= server.stop(signal);
      last = name === 'run-finished' ? data.state : name;
    }
    expect(last).toBe('interrupted');
    expect(await stopped).toBe(0);
    const written = readContent(scene.target).length;
    expect(written).toBeGreaterThan(0);
    expect((await runCli(['verify', ...scene.paths, '--seals', '-q'])).code).toBe(0);
    expect((await runCli(['run', ...scene.paths, '-q'])).code).toBe(0);
    expect(readContent(scene.target).length).toBeGreaterThan(written);
  });
});

/** A server whose client has asked for a backup and takes nothing of it. */
async function serverWithStalledDownload() {
  const { env, left } = serverTemp();
  const server = await runServer(['-t', heavyGraph('wal', 64)], { env });
  await stalledClient(server.port, '/db/backup.sqlite');
  await until(() => left().length > 0);
  await until(() => left().length === 0);
  return { server, left };
}

describe('a server that ends', () => {
  test('finishes the download that is being read', async () => {
    const { env, left } = serverTemp();
    const server = await runServer(['-t', heavyGraph('wal', 64)], { env });
    const reply = await fetch(new URL('/db/backup.sqlite', server.url));
    const stopped = server.stop();
    expect((await reply.arrayBuffer()).byteLength).toBe(Number(reply.headers.get('content-length')));
    expect(await stopped).toBe(0);
    expect(left()).toEqual([]);
  });

  test('cuts one that nobody reads after a while', async () => {
    const { server, left } = await serverWithStalledDownload();
    const started = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - started).toBeGreaterThan(9000);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(left()).toEqual([]);
  });

  test('refuses what still comes over a connection that is open', async () => {
    const { env } = serverTemp();
    const server = await runServer(['-t', heavyGraph('wal', 64)], { env });
    const socket = await openSocket(server.port);
    let said = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      said = (said + part).slice(-2000);
    });
    socket.write('GET /db/backup.sqlite HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await until(() => said !== '');
    socket.pause();
    const stopped = server.stop();
    await expect
      .poll(() =>
        server.ask('/nodes').then(
          () => true,
          () => false,
        ),
      )
      .toBe(false);
    socket.write('GET /nodes HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.resume();
    expect(await stopped).toBe(0);
    expect(said).toMatch(/HTTP\/1\.1 503 /);
    expect(said).toMatch(/retry-after: 5/i);
    expect(said).toMatch(/"detail":"the server is ending"/);
  });

  test('finishes the restore that it has begun', async () => {
    const target = heavyGraph('wal', 64);
    const backup = await (
      await fetch(new URL('/db/backup.sqlite', (await runServer(['-t', graphWith({ nodes: [{ id: 'only' }] })])).url))
    ).arrayBuffer();
    const { env, left } = serverTemp();
    const server = await runServer(['-t', target], { env });
    const headers = { 'content-type': 'application/octet-stream', 'x-user': 'tester' };
    const restored = fetch(new URL('/db/restore', server.url), { method: 'POST', headers, body: backup });
    await until(() => left().length > 0);
    expect(await server.stop()).toBe(0);
    expect((await restored).status).toBe(200);
    expect(readContent(target).map(({ id }) => id)).toEqual(['only']);
    expect(isIntact(target)).toBe(true);
    expect(left()).toEqual([]);
  });

  test('ends at once when it is told twice', async () => {
    const { server } = await serverWithStalledDownload();
    const started = performance.now();
    const stopped = server.stop();
    await expect
      .poll(() =>
        server.ask('/nodes').then(
          () => true,
          () => false,
        ),
      )
      .toBe(false);
    await server.stop();
    await stopped;
    expect(server.child.signalCode).toBe('SIGTERM');
    expect(performance.now() - started).toBeLessThan(8000);
  });
});
