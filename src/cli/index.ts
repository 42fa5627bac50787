import { createReadStream, fstatSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Interruption } from '../model/interruption.ts';
import { main } from './main.ts';

/** A connection that is being made to a server that never answers cannot be given up, and keeps a process for ever. */
const LINGER_MS = 1000;

/**
 * Runs this process's command line. Sets the exit code and lets Node drain: `process.exit` would cut a pipe short. What is still
 * there some time after all has been said and heard is left behind.
 */
export async function runProcess(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), {
    // Looked up when it is wanted: a stream that is never read need not be opened.
    get stdin() {
      return standardInput();
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    folder: process.cwd(),
    clock: Date.now,
    signal: interruptions(),
  });
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** So much of a file is read at once: what comes together is written together, and a transaction takes as much. */
const READ_AT_ONCE = 192 * 1024;

/**
 * Of a folder Node makes an input without anything in it, which would hide that there is none to read; of a file it reads
 * less at once.
 */
function standardInput(): Readable {
  const input = fstatSync(0);
  const isOnDisk = input.isDirectory() || input.isFile();
  return isOnDisk ? createReadStream('', { fd: 0, autoClose: false, highWaterMark: READ_AT_ONCE }) : process.stdin;
}

/**
 * Aborts on the first SIGINT or SIGTERM; a second one ends the process at once, as it would any other. The listener
 * stays in place after the first: the live line's package ends the process itself when it finds no other one.
 */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  const listen = (name: 'SIGINT' | 'SIGTERM') => {
    if (!controller.signal.aborted) return controller.abort(name satisfies Interruption);
    process.removeAllListeners(name);
    process.kill(process.pid, name);
  };
  process.on('SIGINT', listen).on('SIGTERM', listen);
  return controller.signal;
}
