import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { LOCK_WAIT_MS } from './lock-wait.ts';

interface Opened {
  readonly db: Database.Database;
  readonly close: () => void;
}

/**
 * Opens a database read-only and leaves its folder as it was. Reading a WAL database makes `-wal` and `-shm` files,
 * which a read-only connection does not remove; a last connection that may write does, in SQLite's own way.
 */
export function openWithoutTrace(path: string): Opened {
  const hadWal = existsSync(`${path}-wal`);
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: LOCK_WAIT_MS });
  return {
    db,
    close: () => {
      db.close();
      if (!hadWal && isEmptyFile(`${path}-wal`)) touch(path);
    },
  };
}

function isEmptyFile(path: string): boolean {
  return existsSync(path) && statSync(path).size === 0;
}

/** Opens, reads and closes; with an empty WAL there is nothing to copy, so the database file itself is not written. */
function touch(path: string): void {
  const db = new Database(path, { fileMustExist: true, timeout: LOCK_WAIT_MS });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } finally {
    db.close();
  }
}
