import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { graphWith } from '../support/graph-rows.ts';
import { openSocket } from '../support/raw-client.ts';
import { runServer } from '../support/run-server.ts';

const graph = () => graphWith({ nodes: [{ id: 'a' }] });

describe('clients that take their time', () => {
  test('with the head of a request, or with a body, are cut off, and nobody waits for them', async () => {
    const server = await runServer(['-t', graph()]);
    const [head, body] = [await openSocket(server.port), await openSocket(server.port)];
    const said: string[] = [];
    head.setEncoding('latin1').on('data', (part: string) => void said.push(part));
    body.resume();
    const started = performance.now();
    const closed = [head, body].map(async (socket) => {
      await once(socket, 'close');
      return performance.now() - started;
    });
    head.write('GET /nodes/a HTTP/1.1\r\nHost: localhost\r\n');
    const drip = setInterval(() => head.write('X-More: x\r\n'), 500);
    onTestFinished(() => clearInterval(drip));
    body.write(
      'POST /nodes HTTP/1.1\r\nHost: localhost\r\nX-User: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{',
    );
    expect((await server.ask('/nodes/a')).status).toBe(200);
    const [ofHead, ofBody] = await Promise.all(closed);
    expect(ofHead).toBeLessThan(20_000);
    expect(said.join('')).toMatch(/^HTTP\/1.1 408 /);
    expect(ofBody).toBeLessThan(45_000);
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
