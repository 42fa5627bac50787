import type { Database } from 'better-sqlite3';
import type { Patience } from '../../model/patience.ts';
import { LOCK_WAIT_MS } from '../lock-wait.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { TransactionClock } from '../transaction-clock.ts';
import { type Place, translating } from '../translate-error.ts';
import { WriteBudget } from './write-budget.ts';

/** How long a write waits for others within SQLite, in milliseconds; it waits longer between tries. */
const COMMIT_WAIT_MS = 50;
/** So many rows are written between two checkpoints of the WAL, a transaction counting as some itself. */
const ROWS_BETWEEN_CHECKPOINTS = 50_000;
const ROWS_A_TRANSACTION_COUNTS = 320;

/** What is told of transactions, within them. */
export interface TransactionListener {
  /** The lock is ours, and nothing is written yet. */
  begin?(): void;
  /** Everything is written, and is about to be in. */
  end?(): void;
  /** What was written is undone. */
  forget(): void;
}

/** The write transactions of one connection, none of which keeps others waiting for long. */
export class WriteTransactions {
  readonly #db: Database;
  readonly #place: Place;
  readonly #patience: Patience;
  readonly #listeners: readonly TransactionListener[];
  readonly #clock = new TransactionClock();
  readonly #budget = new WriteBudget();
  #rowsSinceCheckpoint = 0;

  constructor(db: Database, place: Place, patience: Patience, listeners: readonly TransactionListener[]) {
    this.#db = db;
    this.#place = place;
    this.#patience = patience;
    this.#listeners = listeners;
    // SQLite would checkpoint within a commit, every thousand pages; in one go, afterwards, is twice as fast.
    db.exec('PRAGMA wal_autocheckpoint = 0');
  }

  /** The longest transaction so far, in milliseconds. */
  get longestMs(): number {
    return this.#clock.longest;
  }

  /** How long the statements of the next one may take, in milliseconds. */
  get budgetMs(): number {
    return this.#budget.milliseconds;
  }

  /** Does something in a transaction; `rowsOf` says how many rows it has written. Waits for the locks of others. */
  async run<Result>(action: () => Result, rowsOf: (result: Result) => number = () => 0): Promise<Result> {
    const result = await retryWhileLocked(this.#patience, () => translating(this.#place, () => this.#inTime(action)));
    this.#rowsSinceCheckpoint += rowsOf(result) + ROWS_A_TRANSACTION_COUNTS;
    if (this.#rowsSinceCheckpoint > ROWS_BETWEEN_CHECKPOINTS) this.#checkpointWal();
    return result;
  }

  /** The same for something that takes its time: the transaction is open until it is done. */
  async hold<Result>(action: () => Promise<Result>): Promise<Result> {
    const execute = (sql: string) =>
      retryWhileLocked(this.#patience, () => translating(this.#place, () => this.#db.exec(sql)));
    await execute('BEGIN IMMEDIATE');
    const started = performance.now();
    try {
      for (const listener of this.#listeners) listener.begin?.();
      const result = await action();
      for (const listener of this.#listeners) listener.end?.();
      await execute('COMMIT');
      return result;
    } catch (error) {
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
      for (const listener of this.#listeners) listener.forget();
      throw error;
    } finally {
      this.#clock.note(performance.now() - started);
      this.#rowsSinceCheckpoint += ROWS_A_TRANSACTION_COUNTS;
    }
  }

  /** Brings what was written into the file itself. */
  close(): void {
    if (this.#rowsSinceCheckpoint > 0) this.#checkpointWal();
  }

  /** Others wait for what comes after the lock is ours; our own wait for it is no matter of theirs. */
  #inTime<Result>(action: () => Result): Result {
    let started = performance.now();
    const transaction = this.#db.transaction(() => {
      started = performance.now();
      for (const listener of this.#listeners) listener.begin?.();
      const result = action();
      for (const listener of this.#listeners) listener.end?.();
      return result;
    });
    // Without a WAL a commit that waits for readers keeps everybody else waiting, so it gives up and tries again.
    this.#db.exec(`PRAGMA busy_timeout = ${COMMIT_WAIT_MS}`);
    let result: Result;
    try {
      result = transaction.immediate();
    } catch (error) {
      for (const listener of this.#listeners) listener.forget();
      throw error;
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}`);
    }
    const elapsed = performance.now() - started;
    this.#clock.note(elapsed);
    this.#budget.learn(elapsed);
    return result;
  }

  /** Passive: it waits for nobody, and nobody waits for it. Where there is no WAL it does nothing. */
  #checkpointWal(): void {
    translating(this.#place, () => this.#db.exec('PRAGMA wal_checkpoint(PASSIVE)'));
    this.#rowsSinceCheckpoint = 0;
  }
}
