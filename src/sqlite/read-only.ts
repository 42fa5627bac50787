import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import { connect } from './connect.ts';

interface Opened {
  readonly db: Database.Database;
  /** Whether it is a copy, which knows nothing of what is written later. */
  readonly isCopy: boolean;
  readonly close: () => void;
}

/** What SQLite keeps beside a database while it is in use, or after a program that used it died. */
const COMPANIONS = ['-wal', '-journal'];

/** A file without its companion is looked at so often, so far apart, before it is taken for left behind. */
const LOOKS = 4;
const MS_BETWEEN_LOOKS = 25;
/** So often the files may change under a copy. */
const COPIES = 5;

/**
 * Opens a database read-only and leaves its folder as it was. Reading a WAL database makes `-wal` and `-shm` files,
 * which a read-only connection does not remove; a last connection that may write does, in SQLite's own way. Where that
 * is not possible, a copy is read.
 */
export function openWithoutTrace(given: string): Opened {
  // SQLite keeps its files beside the file itself, not beside a link to it.
  return openFile(realpathSync(given), COPIES);
}

function openFile(path: string, copies: number): Opened {
  const isOrphan = hasOrphan(path);
  const wal = `${path}-wal`;
  const hadWal = existsSync(wal);
  if (isOrphan || (!hadWal && !isWritable(path))) return openCopy(path, copies);
  const db = connect(path, { readonly: true, fileMustExist: true });
  const close = () => {
    db.close();
    if (!hadWal && statSync(wal, { throwIfNoEntry: false })?.size === 0) touch(path);
  };
  try {
    read(db);
  } catch (error) {
    close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY'))
      return openCopy(path, copies);
    throw error;
  }
  return { db, isCopy: false, close };
}

/** Whether there is a log that no program has open. One that is about to open or close it has one file without the other. */
function hasOrphan(path: string): boolean {
  for (let look = 1; ; look++) {
    if (!existsSync(`${path}-wal`) || existsSync(`${path}-shm`)) return false;
    if (look === LOOKS) return true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MS_BETWEEN_LOOKS);
  }
}

/** For a log that a program left when it died, whose replay writes, and for a file that we may read only. */
function openCopy(path: string, copies: number): Opened {
  const folder = translatingFileErrors(path, () => mkdtempSync(join(tmpdir(), 'audit-extract-')));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(path));
    for (const companion of ['', ...COMPANIONS].filter((name) => existsSync(path + name))) {
      translatingFileErrors(path, () => copyFileSync(path + companion, copy + companion));
    }
    const db = connect(copy, { fileMustExist: true });
    return {
      db,
      isCopy: true,
      close: () => {
        db.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    if (copies > 1 && isGone(error)) return openFile(path, copies - 1);
    throw error;
  }
}

/** Another program has closed the database meanwhile, and taken its log away. */
function isGone(error: unknown): boolean {
  const { cause } = error instanceof AuditError ? error : { cause: error };
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
}

function translatingFileErrors<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const why = error instanceof Error ? error.message.split(',')[0] : String(error);
    const message = `target ${path} must be copied to be read, and cannot be: ${why}`;
    throw new AuditError('staging-failed', message, 'name a folder with room for it in TMPDIR', error);
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens, reads and closes; with an empty WAL there is nothing to copy, so the database file itself is not written. What
 * cannot be read was told of when it was read first.
 */
function touch(path: string): void {
  const db = connect(path, { fileMustExist: true });
  try {
    read(db);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    db.close();
  }
}

function read(db: Database.Database): void {
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
}
