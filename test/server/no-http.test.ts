import { describe, expect, test } from 'vitest';
import { graphWith } from '../support/graph-rows.ts';
import { sendBytes } from '../support/raw-client.ts';
import { runServer } from '../support/run-server.ts';

const graph = () => graphWith({ nodes: [{ id: 'a' }] });
const problemIn = (said: string) => JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4));

const NO_HTTP = [
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
] as const;

describe('what is no HTTP', () => {
  test('is answered so, and is in nobody’s way', async () => {
    const server = await runServer(['-t', graph()]);
    for (const [what, bytes, status] of NO_HTTP) {
      const said = await sendBytes(server.port, bytes);
      expect([what, said]).toEqual([what, expect.stringMatching(new RegExp(`^HTTP/1.1 ${status} `))]);
      if (status === 431) expect(problemIn(said)).toMatchObject({ status, code: `http-${status}` });
      expect((await server.ask('/nodes/a')).status).toBe(200);
    }
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
