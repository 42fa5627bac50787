import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { runServer } from '../support/run-server.ts';

test('a graph whose server is killed in the middle of a restore is the one or the other, whole', async () => {
  const target = heavyGraph('wal', 32);
  const sent = heavyGraph('wal', 32);
  changeGraph(sent, 'CREATE TABLE new(a); PRAGMA journal_mode = DELETE');
  changeGraph(target, 'CREATE TABLE old(a)');
  const body = readFileSync(sent);
  const headers = { 'content-type': 'application/octet-stream', 'x-user': 'tester' };
  const seen = new Set<string>();
  for (let kill = 0; kill < 8; kill++) {
    const copy = join(dirname(target), `run-${kill}.db`);
    copyFileSync(target, copy);
    const server = await runServer(['-t', copy, '--read-only']);
    expect(await server.stop()).toBe(0);
    const killed = await runServer(['-t', copy]);
    const restored = fetch(new URL('/db/restore', killed.url), { method: 'POST', headers, body }).then(
      ({ status }) => status,
      () => 0,
    );
    const wal = () =>
      readdirSync(dirname(target)).some(
        (name) => name.startsWith(`run-${kill}.db.before-restore`) || name.endsWith('.tmp'),
      );
    // Some are killed while the file is sent or looked over, the others while it takes the other's place.
    if (kill > 2) while (!wal()) await setTimeout(1);
    await setTimeout(kill * 25);
    await killed.stop('SIGKILL');
    const db = new Database(copy);
    const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE name IN ('old', 'new')").pluck().all();
    db.close();
    expect([['old'], ['new']]).toContainEqual(names);
    if ((await restored) === 200) expect(names).toEqual(['new']);
    expect(isIntact(copy)).toBe(true);
    const again = await runServer(['-t', copy]);
    expect((await again.ask('/nodes/audit_event%3A1')).status).toBe(200);
    expect(await again.stop()).toBe(0);
    seen.add(names[0] ?? '');
  }
  expect(seen).toContain('old');
}, 240_000);
