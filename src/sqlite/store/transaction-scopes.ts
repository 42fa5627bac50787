import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from 'better-sqlite3';
import { TransactionScope, transactionGoesOn } from '../../model/transaction-scope.ts';
import { type Place, translating } from '../translate-error.ts';
import type { TransactionListener, WriteTransactions } from './write-transactions.ts';

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
  readonly #current = new AsyncLocalStorage<TransactionScope>();
  readonly #outside = new TransactionScope();

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
    const [outer, inner] = [this.#scope(), new TransactionScope()];
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
    if (this.#shop.db.inTransaction) throw transactionGoesOn();
  }

  #scope(): TransactionScope {
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
