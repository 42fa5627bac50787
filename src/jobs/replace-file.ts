import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AuditError } from '../model/errors.ts';

const DATABASE = 'SQLite format 3\0';
/** What stands beside a database and belongs to it. */
const BESIDE = /(-wal|-shm|-journal|\.audit-lock)$/;
const HINT = 'name another file with --out';

/** Makes sure that a result can be written to a file of this name, and that no database would be lost by it. */
export function requireReplaceable(path: string): void {
  const file = statOf(path);
  if (file === undefined && !statOf(dirname(path))?.isDirectory()) {
    throw new AuditError('usage', `folder ${dirname(path)} of the result does not exist`, 'make it, or name another');
  }
  if (file?.isDirectory()) throw new AuditError('usage', `${path} is a folder`, HINT);
  if (isDatabase(path)) throw new AuditError('usage', `${path} is a database, which is not written over`, HINT);
  if (BESIDE.test(path) && isDatabase(path.replace(BESIDE, ''))) {
    throw new AuditError('usage', `${path} belongs to a database, and is not written over`, HINT);
  }
}

/** Writes a text to a file, whole or not at all; what was in it is gone then. */
export function replaceFile(path: string, text: string): void {
  requireReplaceable(path);
  try {
    const file = statOf(path);
    // A pipe or a device is no file that another can take the place of.
    if (file !== undefined && !file.isFile()) writeFileSync(path, text);
    else replace(file === undefined ? path : realpathSync(path), text, file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new AuditError(
      'output-failed',
      `${path} could not be written: ${reason}`,
      'check the file and its folder',
      error,
    );
  }
}

/** Written beside it, then renamed: who reads it finds the old text or the new one. */
function replace(path: string, text: string, old: Stats | undefined): void {
  if (old !== undefined) accessSync(path, constants.W_OK);
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = openSync(beside, 'wx', old === undefined ? 0o666 : old.mode & 0o777);
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function isDatabase(path: string): boolean {
  if (!statOf(path)?.isFile()) return false;
  try {
    const handle = openSync(path, 'r');
    try {
      const start = Buffer.alloc(DATABASE.length);
      readSync(handle, start, 0, start.length, 0);
      return start.toString('latin1') === DATABASE;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new AuditError('output-failed', `${path} cannot be read, and may be a database`, HINT, error);
  }
}

/** Follows links; undefined for what is not there. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
