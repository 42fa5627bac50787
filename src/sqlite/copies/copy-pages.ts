import type { Database } from 'better-sqlite3';

/** How a database is copied. */
export interface Copying {
  /** Ends it, with the reason of the signal; the file that is copied into is as it was then. */
  readonly signal: AbortSignal;
  readonly onPages?: ((done: number, total: number) => void) | undefined;
  /** Asked before each step, from when the file that is copied into is locked; nothing is written to it while this is false. */
  readonly isReady?: (() => boolean) | undefined;
  /** Whether the database is at rest, as a backup is: who writes it all the same waits until it is copied. */
  readonly isAtRest?: boolean;
}

const STEP_BYTES = 4 * 1024 * 1024;

/**
 * Copies a database into a file through SQLite's backup API, in steps, in one transaction of that file. Gives false where
 * one of the two stayed locked by another program, which the driver takes for a copy of no pages.
 *
 * In WAL mode what is copied is a snapshot, and no writer waits. In any other mode a writer between two steps makes SQLite
 * begin again: steps double then, up to one that takes all and lets nobody write meanwhile, so that a copy ends.
 */
export async function copyPages(db: Database, into: string, copying: Copying): Promise<boolean> {
  const pragma = (name: 'journal_mode' | 'page_size') =>
    db.prepare<[], string | number>(`PRAGMA ${name}`).pluck().get();
  const isWal = pragma('journal_mode') === 'wal';
  const step = Math.max(1, Math.floor(STEP_BYTES / Number(pragma('page_size'))));
  if (isWal || copying.isAtRest) beginSnapshot(db);
  try {
    return await copyInSteps(db, into, step, copying);
  } finally {
    if (db.inTransaction) db.exec('COMMIT');
  }
}

/** A read transaction begins with its first read. */
function beginSnapshot(db: Database): void {
  db.exec('BEGIN');
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
}

async function copyInSteps(
  db: Database,
  into: string,
  firstStep: number,
  { signal, onPages, isReady }: Copying,
): Promise<boolean> {
  let step = firstStep;
  let left = Number.POSITIVE_INFINITY;
  let isStuck = false;
  const progress = ({ totalPages, remainingPages }: { totalPages: number; remainingPages: number }): number => {
    signal.throwIfAborted();
    if (isReady?.() === false) return 0;
    if (remainingPages >= left) {
      // One step that takes all has nothing to begin again for: it was not let in.
      if (step > totalPages) throw new Stuck();
      step *= 2;
    }
    left = remainingPages;
    onPages?.(totalPages - remainingPages, totalPages);
    return step;
  };
  const done = await db.backup(into, { progress }).catch((error: unknown) => {
    if (!(error instanceof Stuck)) throw error;
    isStuck = true;
  });
  return !isStuck && done !== undefined && done.totalPages > 0;
}

class Stuck extends Error {}
