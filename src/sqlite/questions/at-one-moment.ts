import type { Database } from 'better-sqlite3';
import { type Place, translating } from '../translate-error.ts';

/**
 * Lets several questions be asked of one moment, though each is waited for: one read transaction lasts over them, in which what
 * is asked meanwhile is asked, too. A connection has one at a time, so others wait for it.
 */
export class AtOneMoment {
  readonly #db: Database;
  readonly #place: Place;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(db: Database, place: Place) {
    this.#db = db;
    this.#place = place;
  }

  /** Questions must not ask for a moment of their own, as that would wait for the end of theirs. */
  ask<Answer>(questions: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#tail.then(() => this.#hold(questions));
    this.#tail = answer.catch(() => undefined);
    return answer;
  }

  async #hold<Answer>(questions: () => Promise<Answer>): Promise<Answer> {
    this.#execute('BEGIN DEFERRED');
    try {
      return await questions();
    } finally {
      // Nothing was written, and an error may have ended it already.
      if (this.#db.open && this.#db.inTransaction) this.#execute('COMMIT');
    }
  }

  #execute(sql: string): void {
    translating(this.#place, () => this.#db.exec(sql));
  }
}
