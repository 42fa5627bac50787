import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { AuditError } from '../model/errors.ts';
import { beginsAsDatabase } from './begins-as-database.ts';

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
    throw notWritten(path, error);
  }
}

/**
 * Writes parts of a graph to a file as they come, whole or not at all; a new one its owner alone may read, as a graph is. What is
 * thrown where they come from is thrown as it is, and the file is as it was.
 */
export async function replaceFileBy(path: string, parts: AsyncIterable<Uint8Array> | Iterable<string>): Promise<void> {
  requireReplaceable(path);
  const file = statOf(path);
  // A pipe or a device is no file that another can take the place of.
  const isDevice = file !== undefined && !file.isFile();
  const real = file === undefined ? path : realpathSync(path);
  const written = isDevice ? path : besideOf(real);
  const writing = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      throw notWritten(path, error);
    }
  };
  if (file !== undefined) writing(() => accessSync(real, constants.W_OK));
  const handle = writing(() => openSync(written, isDevice ? 'w' : 'wx', modeOf(file, 0o600)));
  try {
    try {
      for await (const part of parts) writing(() => writeFileSync(handle, part));
      if (!isDevice) writing(() => fsyncSync(handle));
    } finally {
      closeSync(handle);
    }
    if (!isDevice) writing(() => renameSync(written, real));
  } catch (error) {
    if (!isDevice) rmSync(written, { force: true });
    throw error;
  }
}

function notWritten(path: string, error: unknown): AuditError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new AuditError(
    'output-failed',
    `${path} could not be written: ${reason}`,
    'check the file and its folder',
    error,
  );
}

/** Written beside it, then renamed: who reads it finds the old text or the new one. */
const besideOf = (path: string): string => `${path}.${randomUUID()}.tmp`;

const modeOf = (old: Stats | undefined, usual: number): number => (old === undefined ? usual : old.mode & 0o777);

function replace(path: string, text: string, old: Stats | undefined): void {
  if (old !== undefined) accessSync(path, constants.W_OK);
  const beside = besideOf(path);
  try {
    const handle = openSync(beside, 'wx', modeOf(old, 0o666));
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
    return beginsAsDatabase(path);
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
