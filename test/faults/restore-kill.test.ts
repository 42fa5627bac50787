import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { changeGraph } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const KILLS = 8;

/** Starts a restore and kills it after a while; true when it was killed before it ended. */
async function killAfter(ms: number, file: string, target: string): Promise<boolean> {
  const child = startCli(['restore', file, '-t', target, '--yes', '-q']);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  await setTimeout(ms);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

/** How long a restore takes that nobody kills. */
async function timed(file: string, target: string): Promise<number> {
  const started = performance.now();
  expect((await runCli(['restore', file, '-t', target, '--yes', '-q'])).code).toBe(0);
  return performance.now() - started;
}

test.each(['wal', 'delete'] as const)(
  'killed at any moment, the one state or the other is there, whole, for handles that were open too (%s)',
  async (mode) => {
    const target = heavyGraph(mode, 32);
    const backup = async (name: string) => {
      changeGraph(target, `CREATE TABLE ${name}(a); UPDATE ballast SET content = randomblob(1024) WHERE rowid % 2`);
      const file = join(dirname(target), `${name}.db`);
      expect((await runCli(['backup', file, '-t', target, '-q'])).code).toBe(0);
      changeGraph(target, `DROP TABLE ${name}`);
      return file;
    };
    const [one, other] = [await backup('one'), await backup('other')];
    const whole = Math.max(await timed(one, target), await timed(other, target));
    // Each state has a table that the other has not.
    const open = new Database(target, { timeout: 30_000 });
    const names = open.prepare<[], string>("SELECT name FROM sqlite_schema WHERE name IN ('one', 'other')").pluck();
    const seen = new Set<string>();
    for (let kills = 0, wanted = 'one'; kills < KILLS; kills++) {
      const isKilled = await killAfter(
        whole * ((kills + Math.random()) / KILLS),
        wanted === 'one' ? one : other,
        target,
      );
      const before = wanted === 'one' ? 'other' : 'one';
      const now = names.all();
      expect([[before], [wanted]]).toContainEqual(now);
      expect(open.pragma('integrity_check', { simple: true })).toBe('ok');
      open.exec(
        'INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES (hex(randomblob(9)), 1, 2, 3, 4)',
      );
      if (!isKilled) expect(now).toEqual([wanted]);
      seen.add(`${isKilled} ${now[0] === wanted}`);
      wanted = now[0] === 'one' ? 'other' : 'one';
      for (const name of readdirSync(dirname(target)))
        if (/before-restore/.test(name)) rmSync(join(dirname(target), name));
    }
    open.close();
    expect(seen).toContain('true false');
    expect(await timed(one, target)).toBeGreaterThan(0);
  },
  120_000,
);
