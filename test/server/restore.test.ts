import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { scribbleRoot } from '../../fixtures/scenarios/broken-files.ts';
import { appendRows } from '../../fixtures/sessions-db.ts';
import { bigScene } from '../support/big-source.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { changeGraph, graphWith, readValue } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { pausedRun } from '../support/paused-run.ts';
import { until } from '../support/raw-client.ts';
import { readEverything } from '../support/read-audit.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { orchardScene } from '../support/scene.ts';
import { serverTemp } from '../support/served-folders.ts';

const RAW = { 'content-type': 'application/vnd.sqlite3' };

/** A server whose graph has gone on since a backup was made of it over HTTP. */
async function backed(args: readonly string[] = []) {
  const scene = orchardScene();
  await runCli(['run', ...scene.paths, '--edges', '-q']);
  const { env, left } = serverTemp();
  const server = await runServer([...scene.paths, ...args], { env });
  const backup = Buffer.from(await (await fetch(new URL('/db/backup.sqlite', server.url))).arrayBuffer());
  const inBackup = readEverything(scene.target);
  appendRows(scene.source, 'tool_analytics', [{ session_id: 'late', tool_name: 'Bash', status: 'error' }]);
  await runCli(['run', ...scene.paths, '--edges', '-q']);
  changeGraph(scene.target, 'CREATE TABLE theirs(a); INSERT INTO theirs VALUES (1), (2), (3)');
  return { ...scene, server, left, backup, inBackup };
}

const restore = (server: ServerProcess, body: unknown, query = '', headers: Readonly<Record<string, string>> = RAW) =>
  server.ask(`/db/restore${query}`, { method: 'POST', body, headers });

function formOf(content: Buffer, field = 'file'): FormData {
  const form = new FormData();
  form.append('comment', 'the one of this morning');
  form.append(field, new Blob([content]), 'backup.sqlite');
  return form;
}

/** Sends a backup without saying beforehand how large it is. Gives the status of the answer. */
function send(server: ServerProcess, content: Readable): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { ...RAW, 'x-user': 'tester' };
    const sent = request(new URL('/db/restore', server.url), { method: 'POST', headers }, (reply) => {
      reply.resume();
      resolve(reply.statusCode);
    });
    sent.once('error', reject);
    content.pipe(sent);
  });
}

const keptIn = (folder: string) => readdirSync(folder).filter((name) => name.includes('.before-restore-'));

describe('POST /db/restore', () => {
  test('puts all of a backup in the place of what is there, which is kept beside it', async () => {
    const { server, backup, inBackup, target, folder, left } = await backed();
    const before = readEverything(target);
    const nodes = (await server.ask('/db/health')).json;
    expect(nodes.last_run.id).toBe(2);
    const { status, json } = await restore(server, backup);
    expect(status).toBe(200);
    expect(json).toMatchObject({ schema: 'audit-extract/restore@1', dry_run: false, nodes: { before: 26, after: 24 } });
    expect(readEverything(target)).toEqual(inBackup);
    const [kept = '', ...more] = keptIn(folder);
    expect(more).toEqual([]);
    expect(json.kept).toBe(join(folder, kept));
    expect(readEverything(json.kept)).toEqual(before);
    expect(left()).toEqual([]);
    expect(isIntact(target)).toBe(true);
  });

  test('is seen by readers and writer at once', async () => {
    const { server, backup } = await backed();
    const node = { id: 'note:1', node_type: 'note', name: 'a note' };
    expect((await server.ask('/nodes', { method: 'POST', body: node })).status).toBe(201);
    expect((await server.ask('/nodes/note:1')).status).toBe(200);
    const reading = Array.from({ length: 20 }, () => server.ask('/nodes/audit_trail%3Amain'));
    expect((await restore(server, backup)).status).toBe(200);
    for (const { status } of await Promise.all(reading)) expect(status).toBe(200);
    expect((await server.ask('/db/health')).json.last_run.id).toBe(1);
    expect((await server.ask('/nodes/note:1')).status).toBe(404);
    expect((await server.ask('/nodes', { method: 'POST', body: node })).status).toBe(201);
    expect((await server.ask('/db/audit?limit=1')).json.changes).toMatchObject([{ record_id: 'note:1' }]);
    expect((await server.ask('/runs', { method: 'POST' })).status).toBe(202);
  });

  test('takes files in every form that they are sent in', async () => {
    const { server, backup, inBackup, target } = await backed();
    const types = ['application/x-sqlite3', 'application/octet-stream'];
    for (const type of types) {
      changeGraph(target, 'DELETE FROM kg_edges');
      expect((await restore(server, backup, '', { 'content-type': type })).status).toBe(200);
      expect(readEverything(target)).toEqual(inBackup);
    }
    expect((await restore(server, formOf(backup), '', {})).status).toBe(200);
    expect(await restore(server, formOf(backup, 'backup'), '', {})).toMatchObject({
      status: 400,
      json: { detail: /file/ },
    });
    expect(await restore(server, '{}', '', { 'content-type': 'application/json' })).toMatchObject({ status: 415 });
    expect(await restore(server, undefined, '', {})).toMatchObject({ status: 415 });
    expect(await restore(server, '', '', RAW)).toMatchObject({ status: 400 });
  });

  test('writes nothing in a dry run', async () => {
    const { server, backup, target, folder, left } = await backed();
    const before = readEverything(target);
    const { status, json } = await restore(server, backup, '?dry_run=true');
    expect(status).toBe(200);
    expect(json).toMatchObject({ dry_run: true, kept: null, nodes: { before: 26, after: 24 } });
    expect(readEverything(target)).toEqual(before);
    expect([keptIn(folder), left()]).toEqual([[], []]);
  });

  test('is refused to nobody, for what is no backup, and for what is damaged unless that is wanted', async () => {
    const { server, backup, target, folder, left } = await backed();
    const before = readEverything(target);
    expect(await restore(server, backup, '', { ...RAW, 'x-user': '' })).toMatchObject({ status: 400 });
    expect(await restore(server, 'no database')).toMatchObject({
      status: 422,
      json: { code: 'backup-not-a-database', detail: /that was sent/ },
    });
    const other = graphWith({ nodes: [] });
    changeGraph(other, 'DROP TABLE kg_edges; DROP TABLE kg_nodes; CREATE TABLE other(a)');
    expect(await restore(server, readFileSync(other))).toMatchObject({ status: 422, json: { code: 'backup-schema' } });
    const damaged = join(folder, 'damaged.db');
    writeFileSync(damaged, backup);
    changeGraph(damaged, 'PRAGMA journal_mode = DELETE');
    scribbleRoot(damaged, 'kg_nodes_by_subtype');
    expect(await restore(server, readFileSync(damaged))).toMatchObject({
      status: 422,
      json: { code: 'backup-corrupt' },
    });
    expect(await restore(server, backup, '?integrity_check=maybe')).toMatchObject({ status: 400 });
    expect(await restore(server, backup, '?force=true')).toMatchObject({ status: 400, json: { detail: /force/ } });
    expect(readEverything(target)).toEqual(before);
    expect([keptIn(folder), left()]).toEqual([[], []]);
    expect(await restore(server, readFileSync(damaged), '?integrity_check=false')).toMatchObject({ status: 200 });
    expect(readValue(target, 'SELECT count(*) FROM kg_nodes NOT INDEXED')).toBe(24);
  });

  test('of more than may be sent is refused as soon as that is known', async () => {
    const { server, backup, target, left } = await backed(['--max-upload', '100000']);
    const before = readEverything(target);
    const problem = { status: 413, json: { code: 'http-413', hint: /--max-upload/ } };
    expect(await restore(server, backup)).toMatchObject(problem);
    expect(await restore(server, formOf(backup), '', {})).toMatchObject(problem);
    const unannounced = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(10_000)));
    expect(await send(server, unannounced)).toBe(413);
    expect(readEverything(target)).toEqual(before);
    expect(left()).toEqual([]);
    expect((await server.ask('/db/health')).status).toBe(200);
  });

  test('is refused while a run is going on, here or elsewhere', async () => {
    const scene = bigScene(20_000);
    const server = await runServer([...scene.paths, '--batch-size', '20']);
    const backup = readFileSync(graphWith({ nodes: [{ id: 'only' }] }));
    const here = await server.ask('/runs', { method: 'POST' });
    expect(await restore(server, backup)).toMatchObject({ status: 409, json: { code: 'run-busy' } });
    await server.ask(`/runs/${here.json.id}`, { method: 'DELETE' });
    while ((await server.ask(`/runs/${here.json.id}`)).json.state === 'running');
    const run = await pausedRun(['run', ...scene.paths]);
    expect(await restore(server, backup)).toMatchObject({ status: 409, json: { code: 'run-busy' } });
    await run.kill();
    expect((await restore(server, backup)).status).toBe(200);
    expect(readValue(scene.target, 'SELECT count(*) FROM kg_nodes')).toBe(1);
  });

  test('of a client that goes away while it sends changes nothing', async () => {
    const { server, backup, target, left } = await backed();
    const before = readEverything(target);
    const controller = new AbortController();
    const slow = new ReadableStream({
      start: (stream) => stream.enqueue(backup.subarray(0, 50_000)),
    });
    const sent = fetch(new URL('/db/restore', server.url), {
      method: 'POST',
      headers: { ...RAW, 'x-user': 'tester' },
      body: slow,
      duplex: 'half',
      signal: controller.signal,
    }).catch(() => undefined);
    await until(() => left().length > 0);
    controller.abort();
    await sent;
    await until(() => left().length === 0);
    expect(readEverything(target)).toEqual(before);
  });

  test('and reads that come meanwhile are answered by what was there or what is', async () => {
    const target = heavyGraph('wal', 32);
    const server = await runServer(['-t', target]);
    const backup = readFileSync(graphWith({ nodes: [{ id: 'only' }] }));
    const restored = restore(server, backup);
    let isDone = false;
    void restored.then(() => (isDone = true));
    const statuses = new Set<string>();
    while (!isDone) {
      const [old, now] = await Promise.all([server.ask('/nodes/audit_event:1'), server.ask('/nodes/only')]);
      statuses.add(`${old.status} ${now.status}`);
    }
    expect((await restored).status).toBe(200);
    for (const seen of statuses) expect(['200 404', '404 200', '200 200', '404 404']).toContain(seen);
    expect((await server.ask('/nodes/only')).status).toBe(200);
  });
});
