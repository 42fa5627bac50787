import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openWithoutTrace } from '../../src/sqlite/read-only.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DRIVER = join(import.meta.dirname, '../../node_modules/better-sqlite3');

test('a database that others open, write and close all the time can be read at any moment, and never torn', async () => {
  const path = join(tempFolder(), 'org.db');
  const db = new Database(path);
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t(a); INSERT INTO t VALUES (0), (0)');
  db.close();
  const script = `const Database = require(${JSON.stringify(DRIVER)});
    for (const end = Date.now() + 3000; Date.now() < end; ) {
      const db = new Database(${JSON.stringify(path)});
      db.exec('UPDATE t SET a = a + 1');
      db.close();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * 4);
    }`;
  const writers = [1].map(() => spawn(process.execPath, ['-e', script], { stdio: 'inherit' }));
  const ended = Promise.all(writers.map((writer) => once(writer, 'close')));
  let [reads, last] = [0, 0];
  while (writers.some(({ exitCode }) => exitCode === null)) {
    const opened = openWithoutTrace(path);
    const [one, other] = opened.db.prepare<[], number>('SELECT a FROM t').pluck().all();
    opened.close();
    expect(one).toBe(other);
    expect(one).toBeGreaterThanOrEqual(last);
    last = one ?? 0;
    reads++;
    await setImmediate();
  }
  for (const [code] of await ended) expect(code).toBe(0);
  expect(reads).toBeGreaterThan(20);
});

test('a log without its index for a moment, as of a program that is closing it, is not taken for one of the dead', async () => {
  const path = join(tempFolder(), 'org.db');
  new Database(path).exec('PRAGMA journal_mode = WAL; CREATE TABLE t(a)').close();
  writeFileSync(`${path}-wal`, '');
  const closing = spawn('sh', ['-c', 'echo ready; sleep 0.02; rm "$1"', 'sh', `${path}-wal`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(closing.stdout, 'data');
  const opened = openWithoutTrace(path);
  expect(opened.db.name).toBe(path);
  opened.close();
});
