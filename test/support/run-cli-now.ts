import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { closedEnvironment } from './run-cli.ts';

const BIN = join(import.meta.dirname, '../../bin/audit-extract.js');

/** Runs the built program to its end while this one stands still in the middle of what it does. Gives its exit code. */
export function runCliNow(args: readonly string[], env: Readonly<Record<string, string>> = {}): number | null {
  return spawnSync(process.execPath, [BIN, ...args], { env: closedEnvironment(env) }).status;
}
