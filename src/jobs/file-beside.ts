import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AuditError } from '../model/errors.ts';

/** A file that is made beside the one it is to become. */
export interface FileBeside {
  readonly path: string;
  /** Makes it that file, once it is safe on the disk. */
  publish(): void;
  /** Removes it, and what SQLite made beside it; what was published stays. */
  remove(): void;
}

/** What SQLite may have made beside a file when it ended early. */
const COMPANIONS = ['', '-journal', '-wal', '-shm'];

/** Makes an empty file that its owner alone may read, beside the one it is to become. */
export function makeFileBeside(file: string): FileBeside {
  const real = existsSync(file) ? realpathSync(file) : file;
  const path = `${real}.${randomUUID()}.tmp`;
  attempt(file, () => closeSync(openSync(path, 'wx', 0o600)));
  return {
    path,
    publish: () =>
      attempt(file, () => {
        sync(path);
        renameSync(path, real);
        sync(dirname(real));
      }),
    remove: () => {
      for (const end of COMPANIONS) rmSync(path + end, { force: true });
    },
  };
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function attempt(file: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const message = `backup ${file} could not be written: ${reason}`;
    throw new AuditError('backup-failed', message, 'check its folder, and the room on its disk', error);
  }
}
