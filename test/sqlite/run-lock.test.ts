import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { acquireRunLock } from '../../src/sqlite/target/run-lock.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();
const AT_ONCE = { waitMs: 0, signal };

async function held(target: string): Promise<() => void> {
  const lock = await acquireRunLock(target, AT_ONCE);
  onTestFinished(() => lock.release());
  return () => lock.release();
}

test('two runs in one process keep each other out', async () => {
  const target = join(tempFolder(), 'org.db');
  const release = await held(target);
  await expect(acquireRunLock(target, AT_ONCE)).rejects.toMatchObject({ code: 'run-busy' });
  release();
  await held(target);
});

test('one that is turned away does not take the lock from the other, as closing a file might', async () => {
  const { paths, target } = orchardScene();
  await held(target);
  await expect(acquireRunLock(target, AT_ONCE)).rejects.toMatchObject({ code: 'run-busy' });
  expect((await runCli(paths)).code).toBe(75);
});

test('a wait ends when the lock is free', async () => {
  const target = join(tempFolder(), 'org.db');
  const release = await held(target);
  const waiting = acquireRunLock(target, { waitMs: 30_000, signal });
  await setTimeout(200);
  release();
  await (await waiting).release();
});

test('a wait ends when its signal is aborted, and leaves the lock to others', async () => {
  const target = join(tempFolder(), 'org.db');
  const release = await held(target);
  const controller = new AbortController();
  const waiting = acquireRunLock(target, { waitMs: 30_000, signal: controller.signal });
  const failed = expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  controller.abort('SIGINT');
  await failed;
  release();
  await held(target);
});

test('of those who try at once just one gets it', async () => {
  const target = join(tempFolder(), 'org.db');
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => held(target)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
