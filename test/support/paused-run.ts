import { onTestFinished } from 'vitest';
import { startCli } from './run-cli.ts';

/** A run that stands still in the middle of its work. */
export interface PausedRun {
  /** Gives the exit code. */
  goOn(): Promise<number | null>;
  /** Gives the signal that ended it. */
  kill(): Promise<NodeJS.Signals | null>;
}

/** Starts a run in small batches, and stops its process when the first is in. */
export async function pausedRun(args: readonly string[]): Promise<PausedRun> {
  const child = startCli([...args, '--format', 'ndjson', '--batch-size', '5']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('close', (code, signal) => resolve([code, signal])),
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGSTOP');
  child.stdout.resume();
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
