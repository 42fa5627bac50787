import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import type { RunLock } from '../../model/graph-database.ts';
import type { RunLockState } from '../../model/health.ts';
import type { Patience } from '../../model/patience.ts';
import { connect } from '../connect.ts';
import { findLockHolder } from './lock-holder.ts';
import { realFileOf } from './real-file.ts';

const PAUSE_MS = 75;

/**
 * Takes the lock of a target: a lock of SQLite's on an empty file beside it, which the system drops with the process,
 * however that ends. Throws `run-busy` when the wait is over, and the signal's `AbortError` when it is aborted first.
 *
 * The file is never removed: another run may have it open by then, and would hold a lock that nobody else can see.
 */
export async function acquireRunLock(targetPath: string, { waitMs, signal }: Patience): Promise<RunLock> {
  const deadline = performance.now() + waitMs;
  const db = openLockFile(targetPath);
  try {
    while (!take(db)) {
      const left = deadline - performance.now();
      if (left <= 0) throw busy(targetPath);
      await setTimeout(Math.min(PAUSE_MS, left), undefined, { signal });
    }
  } catch (error) {
    db.close();
    throw error;
  }
  return { release: async () => void db.close() };
}

/** Whether a run has a target now, and which process that is. Nothing is made or written, and a free lock is free again at once. */
export function readRunLock(targetPath: string): RunLockState {
  const file = lockFileOf(realFileOf(targetPath));
  if (!existsSync(file)) return { isHeld: false };
  const db = openLockFile(targetPath);
  try {
    if (take(db)) return { isHeld: false };
  } finally {
    db.close();
  }
  return { isHeld: true, pid: findLockHolder(file) };
}

/** Opened without SQLite's own wait, which would keep signals waiting too. */
function openLockFile(targetPath: string): Database.Database {
  let file = lockFileOf(targetPath);
  try {
    file = lockFileOf(realFileOf(targetPath));
    makeFile(file);
    // SQLite would open a file that it may only read, and lock nothing.
    accessSync(file, constants.R_OK | constants.W_OK);
    return connect(file, { timeout: 0, fileMustExist: true });
  } catch (error) {
    throw unusable(file, error);
  }
}

const lockFileOf = (path: string): string => `${path}.audit-lock`;

/** Never opens a file that is there: to close it would drop every lock that this process has on it. */
function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) throw error;
  }
}

/**
 * Immediate and not exclusive, because of two runs that try at once just one gets it; exclusive could fail for both.
 * Nothing is ever written, but SQLite makes room for a new database, and would make a journal for it on the disk.
 */
function take(db: Database.Database): boolean {
  try {
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false;
    throw unusable(db.name, error);
  }
}

function busy(targetPath: string): AuditError {
  const hint = 'wait for it with --wait SECONDS, or let the timer try again';
  return new AuditError('run-busy', `another run is writing to target ${targetPath}`, hint);
}

function unusable(file: string, error: unknown): AuditError {
  const why = error instanceof Error ? error.message.split(',')[0] : String(error);
  const message = `lock file ${file} of the target cannot be used: ${why}`;
  const hint = 'make its folder writable, and the file too where there is one, or remove it while no run is going on';
  return new AuditError('target-refuses-writes', message, hint, error);
}
