import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphWith } from '../support/graph-rows.ts';
import { buildHostileSource, expectHarmless } from '../support/hostile-scene.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { sendText } from '../support/record-requests.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { orchardScene, type Scene, sceneWith } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function served(scene: Scene = orchardScene()): Promise<Scene & { readonly server: ServerProcess }> {
  await runCli(['run', ...scene.paths, '--edges']);
  return { ...scene, server: await runServer(['-t', scene.target]) };
}

const log = (server: ServerProcess, body: unknown, user = 'tester') =>
  server.ask('/log', { method: 'POST', body, headers: { 'x-user': user } });

describe('a question over HTTP', () => {
  it('is answered as the command line answers it', async () => {
    const { server, target } = await served();
    await log(server, { action: 'LOGIN', user: 'u 1', user_name: 'Zoë', timestamp: '2026-02-05T10:00:00Z' });
    const error = (await server.ask('/events?subtype=tool_error&limit=1')).json.nodes[0].id;
    const encoded = encodeURIComponent(error);
    const questions: readonly (readonly [path: string, args: readonly string[]])[] = [
      [`/nodes/${encoded}/card`, ['show', error]],
      ['/nodes/tool%3ABash/card?edges=1', ['show', 'tool:Bash', '--edges', '1']],
      ['/nodes/audit_trail%3Amain/neighbors', ['neighbors', 'audit_trail:main']],
      [
        '/nodes/audit_trail%3Amain/neighbors?depth=3&limit=7',
        ['neighbors', 'audit_trail:main', '--depth', '3', '--limit', '7'],
      ],
      ['/trail', ['trail']],
      ['/trail?trail=main', ['trail', '--trail', 'main']],
      ['/activity/u%201', ['activity', 'u 1']],
      ['/activity/nobody?since=2026-01-01&limit=3', ['activity', 'nobody', '--since', '2026-01-01', '--limit', '3']],
      ['/stats', ['stats']],
      [
        '/stats?by=tool&error_type=timeout&limit=5',
        ['stats', '--by', 'tool', '--error-type', 'timeout', '--limit', '5'],
      ],
      ['/stats?by=day&tool=Bash&since=2026-02-02', ['stats', '--by', 'day', '--tool', 'Bash', '--since', '2026-02-02']],
      ['/stats?by=session&until=2026-02-03', ['stats', '--by', 'session', '--until', '2026-02-03']],
      ['/stats?by=task', ['stats', '--by', 'task']],
    ];
    for (const [path, args] of questions) {
      const reply = await server.ask(path);
      const { stdout } = await runCli([...args, '-t', target, '--json']);
      expect({ path, status: reply.status, text: reply.text }).toEqual({ path, status: 200, text: stdout });
    }
    const picture = await server.ask('/nodes/audit_trail%3Amain/picture.svg?depth=2');
    const { stdout } = await runCli(['neighbors', 'audit_trail:main', '--depth', '2', '-t', target, '--format', 'svg']);
    expect([picture.text, picture.headers.get('content-type')]).toEqual([stdout, 'image/svg+xml; charset=utf-8']);
    expect(picture.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('is refused where it is none, or there is nothing it is about', async () => {
    const { server } = await served();
    const cases: readonly (readonly [status: number, says: string, path: string])[] = [
      [404, 'there is no node none', '/nodes/none/card'],
      [404, 'node none', '/nodes/none/neighbors'],
      [404, 'node none', '/nodes/none/picture.svg'],
      [404, 'no trail audit_trail:none', '/trail?trail=none'],
      [400, 'edges', '/nodes/none/card?edges=1001'],
      [400, 'depth', '/nodes/none/neighbors?depth=6'],
      [400, 'limit', '/nodes/none/picture.svg?limit=0'],
      [400, "by cannot be 'color'", '/stats?by=color'],
      [400, 'tool needs by', '/stats?tool=Bash'],
      [400, 'error_type does not go with by task', '/stats?by=task&error_type=x'],
      [400, 'since cannot be', '/stats?since=x'],
      [400, 'unknown member: rates', '/stats?rates=true'],
      [400, 'since cannot be', '/activity/ann?since=x'],
      [400, 'limit', '/activity/ann?limit=10001'],
    ];
    for (const [status, says, path] of cases) {
      const reply = await server.ask(path);
      expect({ path, status: reply.status, text: reply.text }).toMatchObject({ status });
      expect(reply.json.detail).toContain(says);
    }
    const other = await runServer(['-t', graphWith({ nodes: [{ id: 'n' }] }), '--read-only']);
    expect((await other.ask('/trail')).json).toMatchObject({ status: 404, code: 'trail-not-found' });
    expect((await other.ask('/stats')).status).toBeGreaterThanOrEqual(400);
    expect((await other.ask('/nodes/n')).status).toBe(200);
  });

  it('is answered harmlessly, whatever names there are', async () => {
    const { server } = await served(sceneWith(buildHostileSource));
    const texts = Object.values(HOSTILE_TEXTS);
    for (const text of texts)
      await log(server, { action: text.slice(0, 400), user: text.slice(0, 400), details: { [text]: text } });
    const paths = ['/nodes?limit=1000', '/events?limit=1000', '/trail', '/stats', '/edges?limit=1000'];
    for (const text of texts)
      paths.push(`/activity/${encodeURIComponent(text)}`, `/events?${new URLSearchParams({ tool: text })}`);
    const { nodes } = (await server.ask('/nodes?type=tool')).json;
    for (const { id } of nodes)
      paths.push(...['card', 'neighbors', 'picture.svg'].map((view) => `/nodes/${encodeURIComponent(id)}/${view}`));
    for (const path of paths) {
      const reply = await server.ask(path);
      expect({ path, status: reply.status }).toEqual({ path, status: 200 });
      expectHarmless(reply.text, path);
    }
  });
});

describe('an action over HTTP', () => {
  it('is logged once under a key, by whoever asks, to the last digit', async () => {
    const server = await runServer(['-t', join(tempFolder(), 'org.db')]);
    const action =
      '{"action":"LOGIN","user":"u1","user_name":"Ann","category":"SESSION","timestamp":"2026-02-05T10:00:00Z","key":"k1","details":{"big": 12345678901234567890, "exact":1.10}}';
    const first = await sendText(server, 'POST', '/log', action, { 'x-user': 'web' });
    expect([first.status, first.json]).toEqual([201, { id: 'audit_event:log:k1', is_new: true, warnings: [] }]);
    expect(first.headers.get('location')).toBe('/nodes/audit_event%3Alog%3Ak1');
    const again = await sendText(server, 'POST', '/log', action);
    expect([again.status, again.json.is_new]).toEqual([200, false]);
    const node = await server.ask('/nodes/audit_event%3Alog%3Ak1');
    expect(node.text).toContain('"details":{"big":12345678901234567890,"exact":1.10}');
    const other = await log(server, { action: 'LOGOUT', key: 'k1' });
    expect(other.json).toMatchObject({ status: 409, code: 'action-differs' });
    const { actions, user } = (await server.ask('/activity/u1')).json;
    expect([user.name, actions.length, actions[0].action]).toEqual(['Ann', 1, 'LOGIN']);
    expect((await server.ask('/trail')).json).toMatchObject({ trail: 'audit_trail:main', events: 1 });
    const { changes } = (await server.ask('/nodes/audit_event%3Alog%3Ak1/card')).json;
    expect(changes[0]).toMatchObject({ operation: 'insert', actor: 'web' });
  });

  it('without a key is one of its own each time', async () => {
    const server = await runServer(['-t', join(tempFolder(), 'org.db')]);
    const ids = new Set<string>();
    for (let at = 0; at < 3; at++) ids.add((await log(server, { action: 'PING' })).json.id);
    expect(ids.size).toBe(3);
    expect((await server.ask('/events')).json.nodes).toHaveLength(3);
  });

  it('is told what is wrong with it', async () => {
    const server = await runServer(['-t', join(tempFolder(), 'org.db')]);
    const cases: readonly (readonly [says: string, body: unknown])[] = [
      ['action', {}],
      ['action', { action: '' }],
      ['the action is empty', { action: ' \n' }],
      ['user', { action: 'X', user: '' }],
      ['key', { action: 'X', key: '' }],
      ['a user has a name and no id', { action: 'X', user_name: 'Ann' }],
      ['timestamp', { action: 'X', timestamp: 'yesterday' }],
      ['500 characters', { action: 'x'.repeat(501) }],
      ['65536', { action: 'X', details: 'x'.repeat(65_537) }],
      ['levels deep', { action: 'X', details: JSON.parse(`${'['.repeat(600)}${']'.repeat(600)}`) }],
      ['unknown member: actionType', { action: 'X', actionType: 'X' }],
      ['secret', { action: 'X', key: `ghp_${'a1B2'.repeat(9)}` }],
    ];
    for (const [says, body] of cases) {
      const reply = await log(server, body);
      expect({ says, status: reply.status, text: reply.text }).toMatchObject({ status: 400 });
      expect(reply.json.detail).toContain(says);
    }
    const nobody = await fetch(new URL('/log', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"action":"X"}',
    });
    expect(nobody.status).toBe(400);
    expect((await server.ask('/nodes')).json.nodes).toEqual([]);
  });
});
