import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Patience } from '../../model/patience.ts';
import { connect } from '../connect.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { type Place, translated, translating } from '../translate-error.ts';
import { copyPages } from './copy-pages.ts';
import { openFitting } from './fitting-pages.ts';
import { lockedError } from './locked-error.ts';
import { type Keeping, PresentState } from './present-state.ts';

/** What takes the place of what, in a file that is there, be it empty. */
export interface Replacement {
  readonly file: string;
  readonly target: string;
  /** Where the present state is kept; undefined where there is none. */
  readonly keeping: Keeping | undefined;
  readonly patience: Patience;
  readonly onPages: (phase: 'copying' | 'keeping', done: number, total: number) => void;
}

/** Another program may be in the middle of reading; the log is emptied by the next one that can, then. */
const CHECKPOINT_WAIT_MS = 500;

/**
 * Replaces what a live database holds by what a file holds, in one transaction of SQLite's backup API: the handles of other
 * programs stay good, and whenever this ends, the file holds the one or the other.
 */
export async function replaceGraph(replacement: Replacement): Promise<void> {
  const { file, target, keeping, patience, onPages } = replacement;
  const place: Place = { role: 'target', path: target };
  const { signal } = patience;
  const keepPages = (done: number, total: number) => onPages('keeping', done, total);
  let isReplaced = false;
  const present = keeping && new PresentState(target, keeping, { signal, onPages: keepPages });
  try {
    const { db, close } = translating(place, () => openFitting({ role: 'backup', path: file }, target));
    try {
      const showPages = (done: number, total: number) => onPages('copying', done, total);
      const copying = { signal, onPages: showPages, isReady: present?.isKept, isAtRest: true };
      await retryWhileLocked(patience, async () => {
        if (!(await copyPages(db, target, copying))) throw lockedError(place);
      });
      isReplaced = true;
    } catch (error) {
      throw translated(error, isLocked(error) ? { role: 'backup', path: file } : place);
    } finally {
      close();
    }
    emptyLog(target);
  } finally {
    await present?.close();
    if (!isReplaced) keeping?.drop();
  }
}

/** That the target is locked is told without an error. */
function isLocked(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** What was written stands in the log, whole. That it cannot be moved from there yet is no failure: the next writer does. */
function emptyLog(path: string): void {
  if (!hasLog(path)) return;
  const db = connect(path, { fileMustExist: true, timeout: CHECKPOINT_WAIT_MS });
  try {
    db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    db.close();
  }
}

function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
