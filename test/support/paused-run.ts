import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { startCli } from './run-cli.ts';

/** A run that stands still in the middle of its work. */
export interface PausedRun {
  /** Gives the exit code. */
  goOn(): Promise<number | null>;
  /** Gives the signal that ended it. */
  kill(): Promise<NodeJS.Signals | null>;
}

/** Starts a run in small batches, and stops its process when the first is in, between two transactions. */
export async function pausedRun(args: readonly string[]): Promise<PausedRun> {
  const target = args[args.indexOf('--target') + 1] ?? '';
  const child = startCli([...args, '--format', 'ndjson', '--batch-size', '5']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (code, signal) => resolve([code, signal])),
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGSTOP');
  child.stdout.resume();
  while (isLocked(target)) {
    child.kill('SIGCONT');
    await setTimeout(1);
    child.kill('SIGSTOP');
  }
  return {
    goOn: async () => {
      child.kill('SIGCONT');
      return (await ended)[0];
    },
    kill: async () => {
      child.kill('SIGKILL');
      return (await ended)[1];
    },
  };
}

/** Whether a process holds the lock of a graph's writers; one that is stopped holds it until it goes on. */
function isLocked(target: string): boolean {
  const db = new Database(target, { timeout: 0 });
  try {
    db.exec('BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    db.close();
  }
}
