import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { stalledClient, until } from '../support/raw-client.ts';
import { readEverything } from '../support/read-audit.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { orchardScene } from '../support/scene.ts';
import { serverTemp } from '../support/served-folders.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function download(server: ServerProcess, path: string) {
  const reply = await fetch(new URL(path, server.url));
  const bytes = Buffer.from(await reply.arrayBuffer());
  return { status: reply.status, headers: reply.headers, bytes };
}

describe('a download', () => {
  test('of a backup is the graph as it is, checked', async () => {
    const { target, paths } = orchardScene();
    await runCli(['run', ...paths, '--edges', '-q']);
    const { env, left } = serverTemp();
    const server = await runServer(['-t', target], { env });
    const { status, headers, bytes } = await download(server, '/db/backup.sqlite');
    expect(status).toBe(200);
    expect(headers.get('content-length')).toBe(String(bytes.length));
    expect(headers.get('content-type')).toBe('application/vnd.sqlite3');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="org-\d{8}T\d{6}Z\.sqlite"$/);
    const file = join(tempFolder(), 'got.db');
    writeFileSync(file, bytes);
    expect(isIntact(file)).toBe(true);
    expect(readEverything(file)).toEqual(readEverything(target));
    expect(left()).toEqual([]);
  });

  test('of an export is that of the command line', async () => {
    const { target, paths, folder } = orchardScene();
    await runCli(['run', ...paths, '--edges', '-q']);
    const { env, left } = serverTemp();
    const server = await runServer(['-t', target], { env });
    changeGraph(target, "UPDATE kg_nodes SET deleted_at = 'then' WHERE node_type = 'tool'");
    for (const [query, flags] of [
      ['', []],
      ['?deleted=true', ['--include-deleted']],
    ] as const) {
      const out = join(folder, 'out.zip');
      await runCli(['export', '-t', target, '--out', out, ...flags]);
      const { headers, bytes } = await download(server, `/db/export.zip${query}`);
      expect(headers.get('content-type')).toBe('application/zip');
      expect(bytes.length).toBe(statSync(out).size);
    }
    expect(left()).toEqual([]);
  });

  test('is not made for those who want its head alone', async () => {
    const server = await runServer(['-t', heavyGraph('wal', 1)]);
    for (const path of ['/db/backup.sqlite', '/db/export.zip'])
      expect((await server.ask(path, { method: 'HEAD' })).status).toBe(404);
  });

  test('that nobody reads keeps no file, no transaction and nobody else waiting', async () => {
    const target = heavyGraph('wal', 64);
    const { env, left } = serverTemp();
    const server = await runServer(['-t', target], { env });
    const socket = await stalledClient(server.port, '/db/backup.sqlite');
    await until(() => left().length > 0);
    expect(statSync(join(env['TMPDIR'] ?? '', left()[0] ?? '')).mode & 0o777).toBe(0o700);
    await until(() => left().length === 0);
    const db = new Database(target);
    db.exec("INSERT INTO ballast VALUES ('more')");
    // All of the log can go: nobody reads an older state.
    expect(db.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    db.close();
    const { bytes } = await download(server, '/db/backup.sqlite');
    expect(bytes.length).toBeGreaterThan(64 * 1024 * 1024);
    socket.destroy();
    expect(left()).toEqual([]);
  });

  test('of a client that has gone is given up, and leaves nothing', async () => {
    const { env, left } = serverTemp();
    const server = await runServer(['-t', heavyGraph('wal', 128)], { env });
    const socket = await stalledClient(server.port, '/db/backup.sqlite');
    await until(() => left().length > 0);
    socket.destroy();
    await until(() => left().length === 0);
    expect((await server.ask('/db/health')).status).toBe(200);
  });

  test('is one of two that are made at once, and others are told to come back', async () => {
    const { env, left } = serverTemp();
    const server = await runServer(['-t', heavyGraph('wal', 128)], { env });
    const two = [
      await stalledClient(server.port, '/db/backup.sqlite'),
      await stalledClient(server.port, '/db/backup.sqlite'),
    ];
    await until(() => left().length === 2);
    for (const path of ['/db/export.zip', '/db/backup.sqlite', '/db/health?deep=true']) {
      const { status, headers } = await server.ask(path);
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect((await server.ask('/db/health')).status).toBe(200);
    for (const socket of two) socket.destroy();
    await until(() => left().length === 0);
    expect((await server.ask('/db/export.zip')).status).toBe(200);
  });

  test('for which there is no room is a failure that is told', async () => {
    const folder = join(tempFolder(), 'gone');
    mkdirSync(folder);
    const server = await runServer(['-t', heavyGraph('wal', 1)], { env: { TMPDIR: join(folder, 'none') } });
    expect((await server.ask('/db/backup.sqlite')).status).toBe(500);
    expect((await server.ask('/db/health')).status).toBe(200);
    expect(readdirSync(folder)).toEqual([]);
  });
});
