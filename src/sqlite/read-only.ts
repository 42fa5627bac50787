import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { LOCK_WAIT_MS } from './lock-wait.ts';

interface Opened {
  readonly db: Database.Database;
  readonly close: () => void;
}

/** What SQLite keeps beside a database while it is in use, or after a program that used it died. */
const COMPANIONS = ['-wal', '-journal'];

/**
 * Opens a database read-only and leaves its folder as it was. Reading a WAL database makes `-wal` and `-shm` files,
 * which a read-only connection does not remove; a last connection that may write does, in SQLite's own way.
 */
export function openWithoutTrace(path: string): Opened {
  const wal = `${path}-wal`;
  const hadWal = existsSync(wal);
  if (hadWal && !existsSync(`${path}-shm`)) return openCopy(path);
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: LOCK_WAIT_MS });
  try {
    read(db);
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) return openCopy(path);
    throw error;
  }
  return {
    db,
    close: () => {
      db.close();
      if (!hadWal && existsSync(wal) && statSync(wal).size === 0) touch(path);
    },
  };
}

/** A program that died left a log to be replayed, which writes. Nobody has the file open, so a copy of it is sound. */
function openCopy(path: string): Opened {
  const folder = mkdtempSync(join(tmpdir(), 'audit-extract-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(path));
    for (const companion of ['', ...COMPANIONS].filter((name) => existsSync(path + name))) {
      copyFileSync(path + companion, copy + companion);
    }
    const db = new Database(copy, { fileMustExist: true, timeout: LOCK_WAIT_MS });
    return {
      db,
      close: () => {
        db.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Opens, reads and closes; with an empty WAL there is nothing to copy, so the database file itself is not written. */
function touch(path: string): void {
  const db = new Database(path, { fileMustExist: true, timeout: LOCK_WAIT_MS });
  try {
    read(db);
  } finally {
    db.close();
  }
}

function read(db: Database.Database): void {
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
}
