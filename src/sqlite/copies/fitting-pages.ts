import { closeSync, openSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import { connect } from '../connect.ts';
import { openWithoutTrace } from '../read-only.ts';
import { type Place, translated } from '../translate-error.ts';

/** A database that is to be copied into another, ready for that. */
interface Fitting {
  readonly db: Database;
  readonly close: () => void;
}

/**
 * Opens a database to copy it into `target`. Into a file in WAL mode SQLite copies pages of its own size alone, so one of
 * other pages is written anew beside the target first, row ids and all.
 */
export function openFitting(place: Place, target: string): Fitting {
  const opened = openWithoutTrace(place.path);
  try {
    const size = pageSizeOfLog(target);
    if (size === undefined || size === pageSizeOf(opened.db)) return opened;
    return writeAnew(opened, place, `${target}.pages.tmp`, size);
  } catch (error) {
    opened.close();
    throw error;
  }
}

function writeAnew({ db, close }: Fitting, place: Place, anew: string, pageSize: number): Fitting {
  rmSync(anew, { force: true });
  try {
    closeSync(openSync(anew, 'wx', 0o600));
    db.exec(`PRAGMA page_size = ${pageSize}`);
    db.prepare('VACUUM INTO ?').run(anew);
    const copy = connect(anew, { fileMustExist: true });
    close();
    return {
      db: copy,
      close: () => {
        copy.close();
        rmSync(anew, { force: true });
      },
    };
  } catch (error) {
    rmSync(anew, { force: true });
    const message = `backup ${place.path} has pages of another size than the target, and cannot be written anew`;
    const hint = 'free some space beside the target; or move it away, and restore in its place';
    throw new AuditError('backup-failed', message, hint, translated(error, place));
  }
}

/** The size of the pages of a database in WAL mode; undefined of any other, and where there is none yet. */
function pageSizeOfLog(path: string): number | undefined {
  const db = connect(path, { fileMustExist: true });
  try {
    const mode = db.prepare<[], string>('PRAGMA journal_mode').pluck().get();
    return mode === 'wal' ? pageSizeOf(db) : undefined;
  } finally {
    db.close();
  }
}

function pageSizeOf(db: Database): number {
  return db.prepare<[], number>('PRAGMA page_size').pluck().get() ?? 0;
}
