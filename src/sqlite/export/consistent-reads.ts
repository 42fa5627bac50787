import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import { type Place, translating } from '../translate-error.ts';

/**
 * Reads of one connection that all see the same state of a file. In WAL mode, where readers block nobody, one transaction lasts
 * through all of them; else each is one of its own, and fails when somebody has written since the first.
 */
export class ConsistentReads {
  readonly #db: Database;
  readonly #place: Place;
  readonly #version;
  readonly #isHeld: boolean;
  #first: number | undefined;

  constructor(db: Database, place: Place) {
    this.#db = db;
    this.#place = place;
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#isHeld = db.prepare<[], string>('PRAGMA journal_mode').pluck().get() === 'wal';
    if (this.#isHeld) db.exec('BEGIN');
  }

  read<Result>(action: () => Result): Result {
    return translating(this.#place, () => (this.#isHeld ? action() : this.#readAlone(action)));
  }

  end(): void {
    if (this.#db.inTransaction) this.#db.exec('COMMIT');
  }

  #readAlone<Result>(action: () => Result): Result {
    return this.#db
      .transaction(() => {
        const result = action();
        // Asked within the transaction: it tells of the state that was read.
        const version = this.#version.get();
        this.#first ??= version;
        if (version !== this.#first) throw changed(this.#place.path);
        return result;
      })
      .deferred();
  }
}

function changed(path: string): AuditError {
  const message = `target ${path} was written to by another program while it was read`;
  const hint = 'run again; a graph in WAL mode can be read as a whole while others write it';
  return new AuditError('target-changed', message, hint);
}
