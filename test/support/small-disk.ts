import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CliResult } from './run-cli.ts';
import { runShell } from './run-shell.ts';

/** Whether a file system may be mounted, in a namespace of our own. */
export function canMount(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a script in `folder/disk`, which is a file system of its own of so many KiB then; `$NODE "$BIN"` is the program. What
 * is left on it at the end is in `folder/left`.
 */
export async function runOnDisk(folder: string, kib: number, script: string): Promise<CliResult> {
  const [disk, left] = [join(folder, 'disk'), join(folder, 'left')];
  for (const made of [disk, left]) mkdirSync(made);
  const mounted = `mount -t tmpfs -o size=${kib}k tmpfs ${disk}; cd ${disk}; ${script}; code=$?; cp -a . ${left}; exit $code`;
  return runShell(`unshare -rm sh -c '${mounted}'`, []);
}
