import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { readXml } from '../support/expect-xml.ts';
import { changeGraph, graphWith } from '../support/graph-rows.ts';
import { pausedRun } from '../support/paused-run.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer } from '../support/run-server.ts';
import { orchardScene } from '../support/scene.ts';

/** The graph of a week, served. */
async function served(args: readonly string[] = []) {
  const scene = orchardScene();
  expect((await runCli(['run', ...scene.paths, '--edges', '-q'])).code).toBe(0);
  return { ...scene, server: await runServer([...scene.paths, ...args]) };
}

describe('GET /db/health', () => {
  test('is ok where nothing is to be looked after', async () => {
    const { server, target } = await served();
    const { status, json } = await server.ask('/db/health');
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 'ok', target: { path: target }, record: 'known', run_in_progress: false });
    expect(json).toMatchObject({ last_run: { id: 1, outcome: 'ok', totals: { inserted: 11 } }, warnings: [] });
    expect(json.bytes).toBeGreaterThan(100_000);
    expect(json.free_bytes).toBeGreaterThan(0);
  });

  test('tells that a run is going on elsewhere, and what is not in the file yet', async () => {
    const scene = bigScene(400);
    const server = await runServer(scene.paths);
    const run = await pausedRun(['run', ...scene.paths]);
    const { json } = await server.ask('/db/health');
    expect(json).toMatchObject({ status: 'ok', run_in_progress: true, last_run: { finished_at: null } });
    expect(json.wal_bytes).toBeGreaterThan(0);
    await run.kill();
    expect((await server.ask('/db/health')).json).toMatchObject({
      status: 'degraded',
      run_in_progress: false,
      warnings: ['the last run, 1, ended with killed'],
    });
  });

  test('is degraded where the tables are not as this program knows them, and says how', async () => {
    const { server, target } = await served();
    changeGraph(target, "UPDATE audit_meta SET value = '99' WHERE name = 'version'; CREATE TABLE nudge(a)");
    const { json } = await server.ask('/db/health');
    expect(json).toMatchObject({ status: 'degraded', record: 'unknown', last_run: null });
    expect(json.warnings).toHaveLength(1);
  });

  test('of a graph of others, that nobody of ours has written, is ok', async () => {
    const server = await runServer(['-t', graphWith({ nodes: [{ id: 'a' }] }), '--read-only']);
    expect((await server.ask('/db/health')).json).toMatchObject({ status: 'ok', record: 'none', last_run: null });
  });

  test('is 503 where the graph cannot be read', async () => {
    const { server, target } = await served(['--read-only']);
    writeFileSync(`${target}.new`, 'no database at all, but a text of some length'.repeat(20));
    rmSync(target);
    expect(await server.ask('/db/health')).toMatchObject({ status: 503, json: { code: 'target-not-found' } });
    const odd = await runServer(['-t', `${target}.new`, '--read-only']);
    expect(await odd.ask('/db/health')).toMatchObject({ status: 503, json: { code: 'target-not-a-database' } });
  });

  test('looks at everything when it is asked to', async () => {
    const { server, paths } = await served();
    const { json } = await server.ask('/db/health?deep=true');
    const told = JSON.parse((await runCli(['doctor', ...paths, '--deep', '--json'])).stdout);
    const checks = (findings: readonly { readonly check: string }[]) => findings.map(({ check }) => check);
    expect(checks(json.findings)).toEqual(checks(told.findings).filter((check) => check !== 'settings'));
    expect(json).toMatchObject({ schema: 'audit-extract/doctor@1', able: true });
    expect(await server.ask('/db/health?deep=perhaps')).toMatchObject({ status: 400, json: { detail: /deep/ } });
  });
});

describe('GET /db/audit', () => {
  test('is what history tells, whatever is asked for', async () => {
    const { server, paths } = await served();
    const node = { id: 'note:1', node_type: 'note', name: 'a note' };
    expect((await server.ask('/nodes', { method: 'POST', body: node })).status).toBe(201);
    const queries = [
      [],
      ['component=tool', '--component', 'tool'],
      ['record_id=note%3A1', '--record', 'note:1'],
      ['operation=insert&limit=3&offset=2', '--operation', 'insert', '--limit', '3', '--offset', '2'],
      ['actor=tester', '--actor', 'tester'],
      ['since=2000-01-01&until=2000-01-02', '--since', '2000-01-01', '--until', '2000-01-02'],
      ['since=1h&limit=1000', '--since', '1h', '--limit', '1000'],
    ];
    for (const [query = '', ...flags] of queries) {
      const { status, json } = await server.ask(`/db/audit?${query}`);
      expect(status).toBe(200);
      expect(json).toEqual(JSON.parse((await runCli(['history', ...paths, ...flags, '--json'])).stdout));
    }
    expect((await server.ask('/db/audit?actor=tester')).json.changes).toMatchObject([
      { record_id: 'note:1', operation: 'insert', actor: 'tester', before: null },
    ]);
  });

  test.for([
    ['limit=0', /limit/],
    ['limit=1001', /limit/],
    ['limit=many', /limit/],
    ['offset=-1', /offset/],
    ['operation=replace', /operation/],
    ['since=yesterday', /since cannot be 'yesterday'/],
    ['since=2026-02-01&until=2026-01-01', /later/],
    ['component=', /component/],
    ['record=note', /record/],
  ] as const)('refuses %s', async ([query, detail]) => {
    const server = await runServer(['-t', graphWith({ nodes: [] })]);
    expect(await server.ask(`/db/audit?${query}`)).toMatchObject({ status: 400, json: { detail } });
  });

  test('of a graph that has no log yet says so', async () => {
    const server = await runServer(['-t', graphWith({ nodes: [{ id: 'a' }] }), '--read-only']);
    expect((await server.ask('/db/audit')).json).toMatchObject({ changes: [], more: false, warnings: [/no log/] });
  });
});

test('GET /db/diagram.svg draws the tables, and may be looked at by itself', async () => {
  const { server, paths } = await served();
  const { status, headers, text } = await server.ask('/db/diagram.svg');
  expect(status).toBe(200);
  expect(text).toBe((await runCli(['diagram', ...paths])).stdout);
  readXml(text);
  expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
  );
});

test('nothing of the whole database is there with --no-db, and no restore with --read-only', async () => {
  const { server, target } = await served(['--no-db']);
  const paths = ['health', 'audit', 'diagram.svg', 'export.zip', 'backup.sqlite'];
  for (const path of paths) expect((await server.ask(`/db/${path}`)).status).toBe(404);
  expect((await server.ask('/db/restore', { method: 'POST' })).status).toBe(404);
  const documented = Object.keys((await server.ask('/openapi.json')).json.paths);
  expect(documented.filter((path) => path.startsWith('/db'))).toEqual([]);
  const other = await runServer(['-t', target, '--read-only']);
  for (const path of paths) expect((await other.ask(`/db/${path}`)).status).toBe(200);
  expect((await other.ask('/db/restore', { method: 'POST' })).status).toBe(405);
});
