import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { graphWith } from '../support/graph-rows.ts';
import { sendBytes } from '../support/raw-client.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TOKEN = '0123456789abcdef-0123456789abcdef';
const graph = () => graphWith({ nodes: [{ id: 'a' }] });

/** Asks for a node by a name of the host. Gives the status. */
async function statusFor(server: ServerProcess, host: string): Promise<number> {
  const said = await sendBytes(server.port, `GET /nodes/a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return Number(said.slice(9, 12));
}

describe('the token', () => {
  const guarded = () => runServer(['-t', graph()], { env: { AUDIT_EXTRACT_TOKEN: TOKEN } });

  test('is wanted for everything, and is the right one', async () => {
    const server = await guarded();
    for (const path of ['/nodes/a', '/nodes', '/openapi.json', '/db/health', '/db/backup.sqlite', '/runs']) {
      const { status, headers, json } = await server.ask(path);
      expect([path, status]).toEqual([path, 401]);
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect(json).toMatchObject({ status: 401, hint: /Bearer/ });
    }
    const wrong = ['', 'Bearer', 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN];
    for (const authorization of wrong) {
      expect((await server.ask('/nodes/a', { headers: { authorization } })).status).toBe(401);
    }
    for (const scheme of ['Bearer', 'bearer']) {
      const headers = { authorization: `${scheme} ${TOKEN}` };
      expect((await server.ask('/nodes/a', { headers })).status).toBe(200);
    }
    expect((await server.ask('/runs', { method: 'POST', body: {} })).status).toBe(401);
    expect((await server.ask('/db/restore', { method: 'POST', body: 'x' })).status).toBe(401);
  });

  test('comes from a file, too, and is told by nobody', async () => {
    const file = join(tempFolder(), 'token');
    writeFileSync(file, `${TOKEN}\n`);
    chmodSync(file, 0o600);
    const server = await runServer(['-t', graph(), '--token-file', file]);
    const { text } = await server.ask('/nodes/a');
    expect(text).not.toContain(TOKEN);
    expect((await server.ask('/nodes/a', { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
  });

  test('is wanted off the loopback, or it does not start', async () => {
    const args = ['serve', '-t', graph(), '--port', '0', '--host'];
    for (const host of ['0.0.0.0', '::', 'example.org']) {
      await expectFailure([...args, host], { code: 2, error: 'token-missing', hint: /--token-file/ });
    }
    const short = { env: { AUDIT_EXTRACT_TOKEN: 'short' } };
    await expectFailure([...args, '0.0.0.0'], { code: 2, error: 'usage', says: /token/ }, short);
    await expectFailure([...args, '0.0.0.0', '--token-file', 'none'], { code: 2, error: 'usage', says: /none/ });
    const server = await runServer(['-t', graph(), '--host', '0.0.0.0'], { env: { AUDIT_EXTRACT_TOKEN: TOKEN } });
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(`http://127.0.0.1:${server.port}/nodes/a`, { headers })).status).toBe(200);
  });
});

describe('the host', () => {
  test('is called by its own name, so that no page of a stranger reaches it by another', async () => {
    const server = await runServer(['-t', graph()]);
    for (const own of ['localhost', '127.0.0.1', `127.0.0.1:${server.port}`, 'LOCALHOST', '[::1]:80'])
      expect([own, await statusFor(server, own)]).toEqual([own, 200]);
    for (const other of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '', '10.0.0.1'])
      expect([other, await statusFor(server, other)]).toEqual([other, 421]);
  });

  test('may have other names', async () => {
    const server = await runServer(['-t', graph(), '--allow-host', 'audit.example.org,Other.Example']);
    expect(await statusFor(server, 'audit.example.org:443')).toBe(200);
    expect(await statusFor(server, 'other.example')).toBe(200);
    expect(await statusFor(server, 'evil.example')).toBe(421);
  });

  test('is any where a token is wanted and no name is given', async () => {
    const server = await runServer(['-t', graph()], { env: { AUDIT_EXTRACT_TOKEN: TOKEN } });
    expect(await statusFor(server, 'evil.example')).toBe(401);
  });
});

describe('pages of other origins', () => {
  const origin = 'https://audit.example.org';
  const preflight = (server: ServerProcess, from: string, asked = 'authorization,content-type,x-user,if-match') =>
    server.ask('/nodes/a', {
      method: 'OPTIONS',
      headers: { origin: from, 'access-control-request-method': 'PUT', 'access-control-request-headers': asked },
    });

  test('may ask nothing unless they are named', async () => {
    const server = await runServer(['-t', graph()]);
    expect((await preflight(server, origin)).headers.get('access-control-allow-origin')).toBeNull();
    const { headers } = await server.ask('/nodes/a', { headers: { origin } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  test('may ask all that there is where they are named, and no others may', async () => {
    const server = await runServer(['-t', graph(), '--allow-origin', `${origin},http://localhost:5173`], {
      env: { AUDIT_EXTRACT_TOKEN: TOKEN },
    });
    const allowed = await preflight(server, origin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-methods')).toMatch(/PUT.*DELETE/);
    const names = (allowed.headers.get('access-control-allow-headers') ?? '').split(/, ?/);
    expect(names).toEqual(expect.arrayContaining(['authorization', 'content-type', 'x-user', 'if-match']));
    const headers = { origin, authorization: `Bearer ${TOKEN}` };
    const answered = await server.ask('/nodes/a', { headers });
    expect(answered.status).toBe(200);
    expect(answered.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answered.headers.get('access-control-expose-headers')).toMatch(/etag.*location/i);
    expect(answered.headers.get('vary')).toMatch(/origin/i);
    expect(answered.headers.get('access-control-allow-credentials')).toBeNull();
    for (const other of ['https://evil.example', 'null', `${origin}.evil.example`]) {
      expect((await preflight(server, other)).headers.get('access-control-allow-origin')).toBeNull();
    }
    // What is refused can be read by the page, too.
    const refused = await server.ask('/nodes/a', { headers: { origin } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('are named as origins', async () => {
    const args = ['serve', '-t', graph(), '--port', '0', '--allow-origin'];
    for (const odd of ['*', 'audit.example.org', 'https://audit.example.org/', 'null'])
      await expectFailure([...args, odd], { code: 2, error: 'usage', says: /--allow-origin/ });
  });
});

describe('limits', () => {
  test('of requests hold whatever is asked for, a wrong token included', async () => {
    const env = { AUDIT_EXTRACT_TOKEN: TOKEN };
    const server = await runServer(['-t', graph(), '--rate-limit', '5'], { env });
    for (const path of ['/nodes/a', '/none']) {
      const replies = await Promise.all(Array.from({ length: 30 }, () => server.ask(path)));
      const refused = replies.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThanOrEqual(15);
      expect(refused[0]).toMatchObject({ json: { code: 'http-429', hint: /--rate-limit/ } });
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  test('of bodies hold', async () => {
    const server = await runServer(['-t', graph()]);
    const post = (body: unknown) => server.ask('/nodes', { method: 'POST', body });
    const tooLarge = { id: 'x', node_type: 'x', name: 'x'.repeat(2_000_000) };
    expect(await post(tooLarge)).toMatchObject({ status: 413, json: { code: 'http-413' } });
    expect((await server.ask('/nodes/a')).status).toBe(200);
  });
});

test('every answer tells browsers to load nothing from elsewhere and to show it in no frame', async () => {
  const server = await runServer(['-t', graph()]);
  const asked = [
    server.ask('/nodes/a'),
    server.ask('/nodes/none'),
    server.ask('/none'),
    server.ask('/db/health'),
    server.ask('/nodes', { method: 'POST', body: 'no JSON', headers: { 'content-type': 'application/json' } }),
  ];
  for (const { headers } of await Promise.all(asked)) {
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  }
  const wrongHost = await sendBytes(server.port, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
  expect(wrongHost).toMatch(/^HTTP\/1\.1 421 /);
  expect(wrongHost).toMatch(/content-security-policy: default-src 'none'/i);
});
