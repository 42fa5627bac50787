import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import { type Place, translating } from '../translate-error.ts';
import type { TransactionListener, WriteTransactions } from './write-transactions.ts';

/** A transaction that is open, or none; what is done in it is done one after the other. */
class Scope {
  #isOver = false;
  #tail: Promise<unknown> = Promise.resolve();

  queue<Result>(action: () => Result | Promise<Result>): Promise<Result> {
    const done = this.#tail.then(() => {
      if (this.#isOver) throw tooLate();
      return action();
    });
    this.#tail = done.catch(() => undefined);
    return done;
  }

  /** Resolves when all is done that was called, awaited or not; nothing belongs to it from then on. */
  async finish(): Promise<void> {
    for (let seen: Promise<unknown> | undefined; seen !== this.#tail; ) {
      seen = this.#tail;
      await seen;
    }
    this.#isOver = true;
  }

  /** Refuses what has not begun, and resolves when the rest is over: it would be done outside of the transaction else. */
  async abandon(): Promise<void> {
    this.#isOver = true;
    await this.#tail;
  }
}

function tooLate(): AuditError {
  const hint = 'await all that is done in a transaction before it ends';
  return new AuditError('usage', 'the transaction is over that this belongs to', hint);
}

/** What the scopes of one connection work with. */
interface ScopeShop {
  readonly db: Database;
  readonly place: Place;
  readonly transactions: WriteTransactions;
  /** What is told of the transactions. */
  readonly listener: TransactionListener;
}

/** Lets what is called within a transaction, however deep, be a part of it. */
export class TransactionScopes {
  readonly #shop: ScopeShop;
  readonly #current = new AsyncLocalStorage<Scope>();
  readonly #outside = new Scope();

  constructor(shop: ScopeShop) {
    this.#shop = shop;
  }

  /** Reads something. */
  read<Result>(action: () => Result): Promise<Result> {
    const { place } = this.#shop;
    return this.#scope().queue(() => translating(place, action));
  }

  /** Writes something: all of it or nothing. */
  write<Result>(action: () => Result): Promise<Result> {
    const { transactions } = this.#shop;
    const scope = this.#scope();
    return scope.queue(() => (scope === this.#outside ? transactions.run(action) : this.#writeInside(action)));
  }

  /** Does all of something that takes its time, or nothing. */
  transaction<Result>(action: () => Promise<Result>): Promise<Result> {
    const { transactions } = this.#shop;
    const [outer, inner] = [this.#scope(), new Scope()];
    const work = async () => {
      try {
        const result = await this.#current.run(inner, action);
        await inner.finish();
        return result;
      } catch (error) {
        await inner.abandon();
        throw error;
      }
    };
    return outer.queue(() => (outer === this.#outside ? transactions.hold(work) : this.#inSavepoint(work)));
  }

  /** Throws where a transaction is going on, which nobody could end any more. */
  requireIdle(): void {
    if (!this.#shop.db.inTransaction) return;
    throw new AuditError('usage', 'a transaction is going on, so the store cannot be closed', 'await its end first');
  }

  #scope(): Scope {
    return this.#current.getStore() ?? this.#outside;
  }

  #writeInside<Result>(action: () => Result): Result {
    const { db, place, listener } = this.#shop;
    // What came before is safe, whatever becomes of this.
    listener.end?.();
    try {
      return translating(place, () =>
        db.transaction(() => {
          const result = action();
          listener.end?.();
          return result;
        })(),
      );
    } catch (error) {
      listener.forget();
      throw error;
    }
  }

  async #inSavepoint<Result>(work: () => Promise<Result>): Promise<Result> {
    const { db, listener } = this.#shop;
    listener.end?.();
    db.exec('SAVEPOINT part');
    try {
      const result = await work();
      listener.end?.();
      db.exec('RELEASE part');
      return result;
    } catch (error) {
      listener.forget();
      // An error may have undone the whole transaction already.
      if (db.inTransaction) db.exec('ROLLBACK TO part; RELEASE part');
      throw error;
    }
  }
}
