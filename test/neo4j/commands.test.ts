import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOrchardWeek } from '../../fixtures/scenarios/orchard-week.ts';
import { documentPath } from '../../scripts/generated-docs.ts';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { runServer } from '../support/run-server.ts';
import { runShell } from '../support/run-shell.ts';
import { type GraphServer, openGraphServer } from './graph-server.ts';
import { noNeo4jHere } from './open-neo4j.ts';

describe.skipIf(noNeo4jHere({ own: false }))('the commands on a Neo4j server', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-extract-test-'));
  let server: GraphServer;
  let env: Record<string, string>;

  beforeAll(async () => {
    server = await openGraphServer();
    await server.empty();
    buildOrchardWeek(join(folder, 'sessions.db'));
    const { url, user, password } = server.access;
    writeFileSync(join(folder, 'password'), `${password}\n`, { mode: 0o600 });
    env = {
      ...{ AUDIT_EXTRACT_SOURCE: 'sessions.db', AUDIT_EXTRACT_TARGET: url, AUDIT_EXTRACT_NEO4J_USER: user },
      AUDIT_EXTRACT_NEO4J_PASSWORD_FILE: 'password',
    };
    await done('run', '--edges');
  }, 600_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await server?.stop();
  });

  const options = (): CliOptions => ({ folder, env });

  /** Runs a command that has nothing to complain about, and gives what it printed. */
  const done = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCli(args, options());
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
    return stdout;
  };
  const asked = async (...args: readonly string[]) => JSON.parse(await done(...args, '--json'));
  const countNodes = async () => (await server.ask<{ nodes: number }>('MATCH (n) RETURN count(n) AS nodes'))[0]?.nodes;

  it('write nothing where they only look', async () => {
    const before = await countNodes();
    const { totals, plan } = await asked('run', '--full', '--dry-run');
    expect([totals.inserted, plan]).toEqual([0, expect.stringMatching(/^p1\./)]);
    await done('link', '--dry-run');
    await done('trail', 'migrate', '--dry-run');
    expect(await countNodes()).toBe(before);
  });

  it('run, link and log, by environment, by config file and by flag', async () => {
    const { plan } = await asked('run', '--dry-run');
    expect(await done('run', '--plan', plan, '--quiet')).toBe('');
    expect((await asked('run', '--full', '--retire')).totals).toMatchObject({ inserted: 0, updated: 0 });
    expect((await asked('link')).edges.inserted).toBe(0);
    expect(await done('log', 'LOGIN', '--user', 'u-17')).toMatch(/^Logged: audit_event:log:/);
    const lines = await runCli(['log', '--stdin'], { ...options(), input: '{"action":"LOGOUT","user":"u-17"}\n' });
    expect(lines).toMatchObject({ code: 0, stderr: '' });
    const { AUDIT_EXTRACT_TARGET: target, ...others } = env;
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ target }));
    const byFile = await runCli(['activity', 'u-17', '--config', 'config.json'], { folder, env: others });
    expect(byFile.stdout).toMatch(/LOGOUT.*LOGIN/s);
  });

  it('answer every question', async () => {
    const { nodes } = await asked('query', '--tool', 'Bash', '--limit', '1');
    const [{ id }] = nodes;
    expect(await done('show', id)).toContain(id);
    expect(await done('explain', id)).toMatch(/The graph has this node\..*Rows of tool_analytics/s);
    expect(await done('neighbors', id, '--format', 'svg')).toMatch(/^<svg/);
    expect(await done('trail')).toMatch(/audit_trail:main/);
    expect((await runCli(['stats'], options())).stdout).toMatch(/tool_error/);
    expect((await asked('history', '--limit', '1')).changes).toHaveLength(1);
    expect((await asked('status')).runs).not.toEqual([]);
  });

  it('delete a node and bring it back, in the log of changes', async () => {
    expect(await done('delete', 'tool:Bash')).toBe('Done: 1 deleted.\n');
    expect(await done('undelete', 'tool:Bash')).toBe('Done: 1 brought back.\n');
    const { changes } = await asked('history', '--record', 'tool:Bash');
    expect(changes.map(({ operation }: { operation: string }) => operation)).toEqual([
      'restore',
      'soft_delete',
      'insert',
    ]);
    expect(await done('history', 'prune', '--before', '2000-01-01')).toMatch(/^Done: 0 changes/);
  });

  it('verify it, and show its last seal without a source', async () => {
    expect(await done('verify')).toMatch(/All that was looked at agrees\.$/m);
    const { AUDIT_EXTRACT_SOURCE: _, ...others } = env;
    const { code, stdout } = await runCli(['seal', 'show'], { folder, env: others });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+:[0-9a-f]{64}\n$/)]);
  });

  it('examine it', async () => {
    expect(await done('doctor')).toMatch(/^ok +target-server +server bolt:.*answers.*Nothing is in the way\.$/ms);
  });

  it('are scheduled with who connects and without the password', async () => {
    const prefix = `/usr/bin/env AUDIT_EXTRACT_NEO4J_USER=${server.access.user} AUDIT_EXTRACT_NEO4J_PASSWORD_FILE=${folder}/password `;
    for (const scheduler of ['--systemd', '--cron']) expect(await done('schedule', scheduler)).toContain(prefix);
    expect(await done('schedule', '--launchd')).toContain(`PASSWORD_FILE=${folder}/password</string>`);
    const { AUDIT_EXTRACT_NEO4J_PASSWORD_FILE: _, ...others } = env;
    const secret = 'a-password-that-is-not-told';
    const named = { folder, env: { ...others, AUDIT_EXTRACT_NEO4J_PASSWORD: secret } };
    const { code, stdout, stderr } = await runCli(['schedule', '--systemd'], named);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^warning: schedule: no password is printed: name a file/),
    ]);
    expect(stdout + stderr).not.toContain(secret);
  });

  it.each([
    ['export', 'export', /neo4j-admin database dump/],
    ['import rows.ndjson', 'import', /audit-extract run/],
    ['backup org-backup.db', 'backup', /neo4j-admin database dump/],
    ['restore org-backup.db --yes', 'restore', /neo4j-admin database load/],
    ['diagram', 'a picture of its tables', /db\.schema\.visualization/],
  ])('%s is for files alone, and says what to do instead', async (words, what, hint) => {
    const { code, stdout, stderr } = await runCli(words.split(' '), options());
    const [error, hinted] = stderr.split('\n');
    expect([code, stdout, error]).toEqual([
      ...[2, '', `error: target ${server.access.url} is on a server, and ${what} works on a file alone`],
    ]);
    expect(hinted).toMatch(hint);
  });

  it('serve it: questions, records, runs and what is for files alone', async () => {
    const { ask, stop } = await runServer([], options());
    const statusOf = async (path: string, method = 'GET', body?: unknown) => (await ask(path, { method, body })).status;
    expect(await ask('/db/health')).toMatchObject({
      status: 200,
      json: { status: 'ok', target: { path: server.access.url }, bytes: null, wal_bytes: null, record: 'known' },
    });
    expect(await ask('/db/health?deep=true')).toMatchObject({ status: 200, json: { able: true } });
    for (const path of ['/nodes', '/events', '/edges', '/stats', '/trail', '/db/audit', '/nodes/tool:Bash/card', '/']) {
      expect([path, await statusOf(path)]).toEqual([path, 200]);
    }
    expect(await statusOf('/nodes', 'POST', { id: 'note:1', node_type: 'note', name: 'first' })).toBe(201);
    const edge = { edge_type: 'ABOUT', from_node: 'note:1', to_node: 'tool:Bash' };
    expect(await statusOf('/edges', 'POST', edge)).toBe(201);
    const notes = ['note:2', 'note:1'].map((id) => ({ id, node_type: 'note', name: 'again' }));
    expect(await statusOf('/nodes/batch', 'POST', { nodes: notes })).toBe(409);
    expect(await statusOf('/nodes/note:2')).toBe(404);
    expect(await statusOf('/nodes/note:1', 'PUT', { name: 'second' })).toBe(200);
    expect((await ask('/nodes/note:1')).json).toMatchObject({ name: 'second' });
    expect(await statusOf('/log', 'POST', { action: 'LOGIN', user: 'u-18' })).toBe(201);
    const { id } = (await ask('/runs', { method: 'POST', body: {} })).json;
    const told = (await ask(`/runs/${id}/events`)).text;
    expect(told).toMatch(/"state":"done"/);
    for (const path of ['/db/backup.sqlite', '/db/export.zip', '/db/diagram.svg']) {
      expect(await ask(path)).toMatchObject({ status: 503, json: { code: 'target-not-a-file' } });
    }
    expect(await stop()).toBe(0);
  });

  it('serve many at once over few connections, which are kept', async () => {
    const { ask } = await runServer([], options());
    const connections = async () => {
      const rows = await server.ask<{ id: string }>('CALL dbms.listConnections() YIELD connectionId AS id RETURN id');
      return rows.map(({ id }) => id);
    };
    const others = new Set(await connections());
    const own = async () => (await connections()).filter((id) => !others.has(id));
    const askMany = () => Promise.all(Array.from({ length: 40 }, () => ask('/events?limit=50')));
    await askMany();
    const first = await own();
    await askMany();
    // Three threads may have a pool each; this test's own driver may have added one.
    expect((await own()).length).toBeLessThanOrEqual(3 * 16 + 2);
    expect((await own()).filter((id) => first.includes(id)).length).toBeGreaterThan(first.length / 2);
  });

  it('do what docs/scale.md says, and its queries find something', async () => {
    await server.empty();
    const document = readFileSync(documentPath('docs/scale.md'), 'utf8');
    const [, ofServer = ''] = document.split('\n## Neo4j\n');
    const blocks = [...ofServer.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
    const script = blocks.join('').replace(/^audit-extract serve\n/m, '');
    const here = script
      .replace('neo4j+s://graph.example/audit', server.access.url)
      .replace('NEO4J_USER=audit', `NEO4J_USER=${server.access.user}`)
      .replace('neo4j.password', 'password');
    expect(here.match(/^audit-extract/gm)).toHaveLength(5);
    const told = await runShell(`set -euo pipefail; cd "$1"; audit-extract() { audit "$@"; }\n${here}`, [folder]);
    expect([told.code, told.stderr]).toEqual([0, expect.stringMatching(/^(warning: stats: .*\n)*$/)]);
    expect(told.stdout).toMatch(/^Done: \d+ inserted.*All that was looked at agrees\..*^Done: 0 migrated/ms);
    const heads = await Promise.all([['--origin', 'lap1'], []].map((of) => runCli(['seal', 'show', ...of], options())));
    expect(heads[0]).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+:[0-9a-f]{64}\n$/) });
    expect(heads[1]?.stdout).not.toBe(heads[0]?.stdout);
    const queries = [...ofServer.matchAll(/^```cypher\n(.*?)^```/gms)].map(([, query = '']) => query);
    expect(queries).toHaveLength(4);
    for (const query of queries) expect([query, (await server.ask(query)).length]).not.toEqual([query, 0]);
  });
});
