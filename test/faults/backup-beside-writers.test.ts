import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { heavyGraph, readPairs, startPairWriter } from '../support/pair-writer.ts';
import { runCli, startCli } from '../support/run-cli.ts';

test.each(['wal', 'delete'] as const)(
  'a backup beside programs that never stop writing ends, and is what the graph held at one moment (%s)',
  async (mode) => {
    const target = heavyGraph(mode, 40);
    const file = join(dirname(target), 'backup.db');
    const writers = await Promise.all([startPairWriter(target, 64), startPairWriter(target, 1)]);
    const before = readPairs(target).length;
    const { code, stderr } = await runCli(['backup', file, '-t', target]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const inBackup = readPairs(file).length;
    expect(inBackup).toBeGreaterThanOrEqual(before);
    for (const writer of writers) await writer.writeMore(1);
    for (const writer of writers) await writer.kill();
    expect(readPairs(target).length).toBeGreaterThan(inBackup);
  },
);

test('in WAL mode no writer waits for it', async () => {
  const target = heavyGraph('wal', 200);
  const writer = await startPairWriter(target);
  const before = writer.written();
  expect((await runCli(['backup', join(dirname(target), 'backup.db'), '-t', target])).code).toBe(0);
  expect(writer.written() - before).toBeGreaterThan(50);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGKILL', null],
] as const)('%s ends it: no backup is there under its name', async (signal, code) => {
  const target = heavyGraph('wal', 200);
  const folder = dirname(target);
  const others = readdirSync(folder);
  const child = startCli(['backup', join(folder, 'backup.db'), '-t', target]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const begun = () =>
    readdirSync(folder).some((name) => name.endsWith('.tmp') && statSync(join(folder, name)).size > 0);
  while (!begun() && child.exitCode === null) await setTimeout(2);
  child.kill(signal);
  expect(await ended).toBe(code);
  const left = readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));
  if (signal !== 'SIGKILL') expect(left).toEqual(others);
  expect(left).not.toContain('backup.db');
  expect((await runCli(['backup', join(folder, 'backup.db'), '-t', target, '-q'])).code).toBe(0);
});
