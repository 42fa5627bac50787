import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { graphWith } from '../support/graph-rows.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { HOSTILE_IDS, note, pathTo, sendText } from '../support/record-requests.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const emptyServer = (...flags: string[]) => runServer(['-t', join(tempFolder(), 'org.db'), ...flags]);

/** All that can be done with a node of an id, by its path. */
async function roundTrip(server: ServerProcess, id: string): Promise<void> {
  const made = await server.ask('/nodes', { method: 'POST', body: note(id) });
  expect([made.status, made.json.id]).toEqual([201, id]);
  const path = pathTo('nodes', id);
  expect(made.headers.get('location')).toBe(path);
  expect((await server.ask(path)).text).toBe(made.text);
  expect((await server.ask(path, { method: 'PUT', body: { name: 'new' } })).json.name).toBe('new');
  expect((await server.ask(`${path}/card`)).json.node.id).toBe(id);
  expect((await server.ask(`${path}/neighbors`)).json.root).toBe(id);
  expect((await server.ask(`${path}/picture.svg`)).text).toMatch(/^<svg /);
  expect((await server.ask(path, { method: 'DELETE' })).status).toBe(204);
  expect((await server.ask(`${path}/restore`, { method: 'POST' })).status).toBe(200);
  expect((await server.ask(path, { method: 'DELETE' })).status).toBe(204);
}

describe('a node over HTTP', () => {
  it('is made, read, changed, deleted and brought back, and the log says who did it', async () => {
    const server = await emptyServer();
    const made = await server.ask('/nodes', {
      method: 'POST',
      headers: { 'x-user': 'ann' },
      body: note('note:1', { subtype: 'long', properties: { pages: 2 }, source_table: 'desk', source_id: '7' }),
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe('/nodes/note%3A1');
    expect(made.json).toMatchObject({
      ...{ id: 'note:1', node_type: 'note', subtype: 'long', name: 'note note:1', properties: { pages: 2 } },
      ...{ source_table: 'desk', source_id: '7', deleted_at: null },
    });
    const read = await server.ask('/nodes/note%3A1');
    expect([read.status, read.text, read.headers.get('etag')]).toEqual([200, made.text, made.headers.get('etag')]);
    const changed = await server.ask('/nodes/note%3A1', {
      ...{ method: 'PUT', headers: { 'x-user': Buffer.from('Zoë 漢').toString('latin1') } },
      body: { name: 'A note', subtype: null },
    });
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ name: 'A note', subtype: null, properties: { pages: 2 }, source_id: '7' });
    const deleted = await server.ask('/nodes/note%3A1', { method: 'DELETE' });
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    expect((await server.ask('/nodes/note%3A1')).status).toBe(404);
    const hidden = await server.ask('/nodes/note%3A1?deleted=true');
    expect(hidden.status).toBe(200);
    expect(hidden.json.deleted_at).not.toBeNull();
    const back = await server.ask('/nodes/note%3A1/restore', { method: 'POST' });
    expect(back.status).toBe(200);
    expect(back.json).toMatchObject({ name: 'A note', deleted_at: null });
    const { changes } = (await server.ask('/nodes/note%3A1/card')).json;
    expect(changes.map(({ operation, actor }: Record<string, string>) => [operation, actor])).toEqual([
      ['restore', 'tester'],
      ['soft_delete', 'tester'],
      ['update', 'Zoë 漢'],
      ['insert', 'ann'],
    ]);
  });

  it('is not read again by whoever has it already', async () => {
    const server = await emptyServer();
    const made = await server.ask('/nodes', { method: 'POST', body: note('n') });
    const etag = made.headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const same = await server.ask('/nodes/n', { headers: { 'if-none-match': known } });
      expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', etag]);
    }
    const head = await server.ask('/nodes/n', { method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag]);
    await server.ask('/nodes/n', { method: 'PUT', body: { name: 'other' } });
    expect((await server.ask('/nodes/n', { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('is changed and deleted only as whoever does it knows it, where they say so', async () => {
    const server = await emptyServer();
    const made = await server.ask('/nodes', { method: 'POST', body: note('n') });
    const old = made.headers.get('etag') ?? '';
    const change = (name: string, match: string) =>
      server.ask('/nodes/n', { method: 'PUT', body: { name }, headers: { 'if-match': match } });
    const first = await change('first', old);
    expect(first.status).toBe(200);
    const second = await change('second', old);
    expect(second.status).toBe(412);
    expect(second.json).toMatchObject({ code: 'record-changed', status: 412 });
    expect(second.headers.get('content-type')).toContain('application/problem+json');
    const removal = await server.ask('/nodes/n', { method: 'DELETE', headers: { 'if-match': old } });
    expect(removal.status).toBe(412);
    expect((await server.ask('/nodes/n')).json.name).toBe('first');
    const now = first.headers.get('etag') ?? '';
    // A weak tag is not enough to change what it may not name.
    expect((await change('third', `W/${now}`)).status).toBe(412);
    expect((await change('third', now.replaceAll('"', ''))).status).toBe(400);
    expect((await change('third', `"x", ${now}`)).status).toBe(200);
    expect((await change('fourth', '*')).status).toBe(200);
    expect((await server.ask('/nodes/none', { method: 'DELETE', headers: { 'if-match': '*' } })).status).toBe(404);
    const last = (await server.ask('/nodes/n')).headers.get('etag') ?? '';
    expect((await server.ask('/nodes/n', { method: 'DELETE', headers: { 'if-match': last } })).status).toBe(204);
  });

  it('keeps every digit of its numbers, and what its properties are written like', async () => {
    const server = await emptyServer();
    const properties =
      '{"big":12345678901234567890,"exact":1.10,"small":-0.00000000000000000001,"list":[9007199254740993]}';
    const made = await sendText(
      server,
      'POST',
      '/nodes',
      `{"id":"n","node_type":"t","name":"n","properties": ${properties}}`,
    );
    expect(made.status).toBe(201);
    expect(made.text).toContain(`"properties":${properties}`);
    const changed = await sendText(server, 'PUT', '/nodes/n', '{ "properties" : { "big" : 18446744073709551616 } }');
    expect(changed.text).toContain('"properties":{"big":18446744073709551616}');
    expect((await server.ask('/nodes/n')).text).toBe(changed.text);
    // The last one of a name counts, as in all of JSON.
    const twice = await sendText(
      server,
      'PUT',
      '/nodes/n',
      '{"properties":{"a":1},"\\u0070roperties":{"b":20000000000000000001}}',
    );
    expect(twice.text).toContain('"properties":{"b":20000000000000000001}');
  });

  it('may have any id of 512 bytes', async () => {
    const server = await emptyServer();
    for (const id of HOSTILE_IDS) await roundTrip(server, id);
  });

  it('gives hostile texts back as they are, and harmless on a terminal', async () => {
    const server = await emptyServer();
    const texts = Object.values(HOSTILE_TEXTS);
    for (const [at, text] of texts.entries()) {
      const node = note(`n${at}`, { name: text, node_type: 'note', subtype: text, properties: { [text]: text } });
      const made = await server.ask('/nodes', { method: 'POST', body: node });
      expect({ text, status: made.status }).toEqual({ text, status: 201 });
      expect(made.json).toMatchObject({ subtype: text, name: text, properties: { [text]: text } });
      expect(made.text).not.toMatch(/[\p{Cc}\u202e\u2066\u200b\u2028]/u);
    }
  });
});

describe('what is no node over HTTP', () => {
  it('is told what is wrong with it', async () => {
    const server = await emptyServer();
    await server.ask('/nodes', { method: 'POST', body: note('n') });
    const cases: readonly (readonly [status: number, says: string, body: string])[] = [
      [400, 'no JSON', '{"id":'],
      [400, 'UTF-8', '{"id":"\\xff"'],
      [400, 'body must be object', '[]'],
      [400, 'body must be object', 'null'],
      [400, 'required', '{}'],
      [400, 'id', '{"id":"","node_type":"t","name":"n"}'],
      [400, 'id', '{"id":7,"node_type":"t","name":"n"}'],
      [400, 'name', '{"id":"x","node_type":"t","name":""}'],
      [400, 'node_type', '{"id":"x","node_type":null,"name":"n"}'],
      [400, 'unknown member: nodeType', '{"id":"x","node_type":"t","name":"n","nodeType":"t"}'],
      [400, 'unknown member: created_at', '{"id":"x","node_type":"t","name":"n","created_at":"2026-01-01"}'],
      [400, 'properties', '{"id":"x","node_type":"t","name":"n","properties":[]}'],
      [400, 'properties', '{"id":"x","node_type":"t","name":"n","properties":null}'],
      [400, 'properties', '{"id":"x","node_type":"t","name":"n","properties":"{}"}'],
      [400, '512 bytes', `{"id":"${'漢'.repeat(171)}","node_type":"t","name":"n"}`],
      [400, 'no proper id', '{"id":"\\ud800","node_type":"t","name":"n"}'],
      [
        400,
        'levels deep',
        `{"id":"x","node_type":"t","name":"n","properties":{"a":${'['.repeat(600)}${']'.repeat(600)}}}`,
      ],
      [400, 'secret', `{"id":"ghp_${'a1B2'.repeat(9)}","node_type":"t","name":"n"}`],
      [409, 'already', '{"id":"n","node_type":"t","name":"n"}'],
      [413, 'too large', `{"id":"x","node_type":"t","name":"${'x'.repeat(1_100_000)}"}`],
    ];
    for (const [status, says, body] of cases) {
      const bytes = says === 'UTF-8' ? Buffer.from(body.replace('\\xff', '\u00ff'), 'latin1') : body;
      const reply = await sendText(server, 'POST', '/nodes', bytes);
      expect({ body: body.slice(0, 80), status: reply.status, text: reply.text }).toMatchObject({ status });
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
      expect(reply.json).toMatchObject({ type: 'about:blank', status });
      expect(reply.json.detail).toContain(says);
    }
    expect((await server.ask('/nodes', { method: 'POST', body: 'id=x' })).status).toBe(415);
    expect((await server.ask('/nodes', { method: 'POST' })).status).toBe(400);
    expect((await server.ask('/nodes')).json.nodes).toHaveLength(1);
  });

  it('is not there to be changed', async () => {
    const server = await emptyServer();
    await server.ask('/nodes', { method: 'POST', body: note('gone') });
    await server.ask('/nodes/gone', { method: 'DELETE' });
    for (const id of ['none', 'gone']) {
      const replies = [
        await server.ask(`/nodes/${id}`),
        await server.ask(`/nodes/${id}`, { method: 'PUT', body: { name: 'x' } }),
        await server.ask(`/nodes/${id}`, { method: 'DELETE' }),
      ];
      for (const reply of replies) {
        expect(reply.status).toBe(404);
        expect(reply.json).toMatchObject({ code: 'node-not-found', detail: `there is no node ${id}` });
      }
    }
    for (const path of ['/nodes/none/restore']) {
      expect((await server.ask(path, { method: 'POST' })).status).toBe(404);
    }
    const again = await server.ask('/nodes', { method: 'POST', body: note('gone') });
    expect(again.status).toBe(409);
    expect(again.json.hint).toContain('/restore');
    expect((await server.ask('/nodes/gone/restore', { method: 'POST' })).status).toBe(200);
    expect((await server.ask('/nodes/gone/restore', { method: 'POST' })).status).toBe(200);
  });

  it('is not written by nobody', async () => {
    const server = await emptyServer();
    for (const user of [undefined, '', ' ', 'a\tb', 'x'.repeat(201)]) {
      const reply = await fetch(new URL('/nodes', server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(user !== undefined && { 'x-user': user }) },
        body: JSON.stringify(note('n')),
      });
      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({ detail: 'the header X-User is missing or no name' });
    }
    expect((await server.ask('/nodes')).json.nodes).toEqual([]);
  });

  it('has no secret in it', async () => {
    const server = await emptyServer();
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const made = await server.ask('/nodes', {
      ...{ method: 'POST', body: note('n', { name: `token ${secret}`, properties: { [secret]: [secret] } }) },
    });
    expect(made.status).toBe(201);
    expect(made.text).not.toContain(secret);
    expect((await server.ask(`/nodes/${secret}`)).text).not.toContain(secret);
    expect((await server.ask(`/nodes?${secret}=1`)).text).not.toContain(secret);
  });
});

describe('a node that others made', () => {
  it('is read, changed and deleted as it stands', async () => {
    const path = graphWith({
      nodes: [
        { id: 'theirs', type: 'thing', properties: 'no JSON' },
        { id: 'bare', type: 'thing' },
      ],
    });
    const server = await runServer(['-t', path]);
    expect((await server.ask('/nodes/theirs')).json).toMatchObject({ node_type: 'thing', properties: 'no JSON' });
    const unfit = await server.ask('/nodes/theirs', { method: 'PUT', body: { name: 'x' } });
    expect(unfit.json).toMatchObject({ status: 400, code: 'record-invalid' });
    const mended = await server.ask('/nodes/theirs', { method: 'PUT', body: { properties: {} } });
    expect(mended.json).toMatchObject({ name: 'theirs', properties: {}, created_at: 'then' });
    expect((await server.ask('/nodes/bare', { method: 'DELETE' })).status).toBe(204);
  });
});

describe('a graph that is only read', () => {
  it('takes nothing, and says so', async () => {
    const path = graphWith({ nodes: [{ id: 'n' }] });
    const server = await runServer(['-t', path, '--read-only']);
    expect((await server.ask('/nodes/n')).status).toBe(200);
    const refused = [
      await server.ask('/nodes', { method: 'POST', body: note('m') }),
      await server.ask('/nodes/n', { method: 'PUT', body: { name: 'x' } }),
      await server.ask('/nodes/n', { method: 'DELETE' }),
      await server.ask('/nodes/n/restore', { method: 'POST' }),
      await server.ask('/nodes/batch', { method: 'POST', body: { nodes: [] } }),
      await server.ask('/edges', { method: 'POST', body: {} }),
      await server.ask('/log', { method: 'POST', body: { action: 'LOGIN' } }),
    ];
    for (const reply of refused) {
      expect([reply.status, reply.headers.get('allow'), reply.json.detail]).toEqual([
        ...[405, 'GET, HEAD', 'this server writes nothing'],
      ]);
    }
    expect((await server.ask('/none')).status).toBe(404);
    const { paths } = (await server.ask('/openapi.json')).json;
    expect(Object.keys(paths['/nodes/{id}'])).toEqual(['get']);
  });
});
