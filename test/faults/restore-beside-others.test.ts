import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { changeGraph, readValue } from '../support/graph-rows.ts';
import { heavyGraph, readPairs, startPairWriter } from '../support/pair-writer.ts';
import { runCli } from '../support/run-cli.ts';

const MODES = ['wal', 'delete'] as const;

/** A graph with another program's pairs in it, and a backup from before the first of them. */
async function withBackup(mode: (typeof MODES)[number], mib: number) {
  const target = heavyGraph(mode, mib);
  changeGraph(target, 'CREATE TABLE lefts(at); CREATE TABLE rights(at)');
  const file = join(dirname(target), 'backup.db');
  expect((await runCli(['backup', file, '-t', target, '-q'])).code).toBe(0);
  return { target, file, args: ['restore', file, '-t', target, '--yes', '--json'] };
}

describe.each(MODES)('restore into a file that others have open (%s)', (mode) => {
  test('each of their writes is in what is kept or in what goes on, and they go on', async () => {
    const { target, args } = await withBackup(mode, 20);
    const writers = await Promise.all([startPairWriter(target), startPairWriter(target)]);
    const { stdout, stderr, code } = await runCli(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const writer of writers) await writer.writeMore(2);
    for (const writer of writers) await writer.kill();
    const [kept, live] = [readPairs(JSON.parse(stdout).kept), readPairs(target)];
    expect(kept.length).toBeGreaterThan(0);
    expect(live.length).toBeGreaterThan(0);
    // What was told of as written is there; the last of each may be in and not told of.
    const written = writers.reduce((sum, writer) => sum + writer.written(), 0);
    expect(kept.length + live.length).toBeGreaterThanOrEqual(written);
    expect(kept.length + live.length).toBeLessThanOrEqual(written + writers.length);
  });

  test('a handle that is open sees the new state, and one in the middle of reading keeps the old one, or is waited for', async () => {
    const { target, args } = await withBackup(mode, 1);
    const others = new Database(target, { timeout: 0 });
    const count = others.prepare<[], number>('SELECT count(*) FROM lefts').pluck();
    others.exec('INSERT INTO lefts VALUES (1); INSERT INTO rights VALUES (1); BEGIN');
    expect(count.get()).toBe(1);
    const restoring = runCli(args);
    if (mode === 'wal') {
      expect((await restoring).code).toBe(0);
      expect(count.get()).toBe(1);
      others.exec('COMMIT');
    } else {
      setTimeout(() => others.exec('COMMIT'), 1500);
      expect((await restoring).code).toBe(0);
    }
    expect(count.get()).toBe(0);
    others.exec('INSERT INTO lefts VALUES (2)');
    others.close();
    expect(readValue(target, 'SELECT group_concat(at) FROM lefts')).toBe('2');
  });

  test('one that keeps it locked is waited for, then told of, and nothing is changed', async () => {
    const { target, args } = await withBackup(mode, 1);
    changeGraph(target, 'INSERT INTO lefts VALUES (1)');
    const others = new Database(target);
    others.exec('BEGIN IMMEDIATE');
    const before = readdirSync(dirname(target)).filter((name) => name.includes('restore'));
    const { code, stdout } = await runCli(args);
    expect(code).toBe(75);
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'target-locked', message: expect.stringContaining(target) });
    others.exec('COMMIT');
    expect(others.prepare('SELECT count(*) FROM lefts').pluck().get()).toBe(1);
    others.close();
    expect(readdirSync(dirname(target)).filter((name) => name.includes('restore'))).toEqual(before);
    expect(existsSync(`${target}-wal`)).toBe(false);
  });
});
