import { AsyncLocalStorage } from 'node:async_hooks';
import { AuditError } from '../../model/errors.ts';
import { TransactionScope, transactionGoesOn } from '../../model/transaction-scope.ts';
import { uuidV7 } from '../../model/uuid-v7.ts';
import type { Connection } from '../connection.ts';
import type { Transaction } from '../transaction.ts';
import { doWork, isCommitted, type Work, type WriteSettings, writeOnce } from '../write-once.ts';
import { HeldTransaction } from './held-transaction.ts';

interface Inside {
  readonly held: HeldTransaction;
  readonly scope: TransactionScope;
}

/** The transactions of a store. What is called within one that is held open, however deep, is a part of it. */
export class StoreTransactions {
  readonly #connection: Connection;
  readonly #settings: WriteSettings;
  readonly #current = new AsyncLocalStorage<Inside>();
  readonly #outside = new TransactionScope();
  #held = 0;

  constructor(connection: Connection, settings: WriteSettings) {
    this.#connection = connection;
    this.#settings = settings;
  }

  /** Reads something: what was written before is there. */
  readonly read = <Result>(action: (tx: Transaction) => Promise<Result>): Promise<Result> => {
    const inside = this.#current.getStore();
    if (inside !== undefined) return inside.scope.queue(() => inside.held.part(() => action(inside.held.tx)));
    return this.#outside.after(() => this.#connection.read(action, this.#settings.signal));
  };

  /** Writes something: all of it or nothing. It may be tried several times, and is done once. */
  write<Result>(action: (work: Work) => Promise<Result>): Promise<Result> {
    const settings = this.#settings;
    const inside = this.#current.getStore();
    if (inside === undefined) return this.#outside.queue(() => writeOnce(this.#connection, settings, action));
    const { held, scope } = inside;
    return scope.queue(() => held.part(() => doWork(held.tx, settings, held.mark, action)));
  }

  /** Does all of something that takes its time, or nothing. Within another one it is a part of that. */
  transaction<Result>(action: () => Promise<Result>): Promise<Result> {
    const outer = this.#current.getStore();
    if (outer === undefined) return this.#outside.queue(() => this.#hold(action));
    const { held, scope } = outer;
    return scope.queue(() => held.part(() => this.#runWithin(held, action)));
  }

  /** Throws where a transaction is going on. */
  requireIdle(): void {
    if (this.#held > 0) throw transactionGoesOn();
  }

  async #hold<Result>(action: () => Promise<Result>): Promise<Result> {
    this.#held++;
    try {
      const open = await this.#connection.begin(this.#settings.signal);
      const started = performance.now();
      const held = new HeldTransaction(open, { tx: uuidV7(), now: this.#settings.clock() });
      let result: Result;
      try {
        result = await this.#runWithin(held, action);
        held.requireWhole();
      } catch (error) {
        await open.rollback();
        throw error;
      }
      await open.commit().catch((error: unknown) => this.#requireIn(held, error));
      this.#connection.noteWrite(performance.now() - started);
      return result;
    } finally {
      this.#held--;
    }
  }

  async #runWithin<Result>(held: HeldTransaction, action: () => Promise<Result>): Promise<Result> {
    const scope = new TransactionScope();
    try {
      const result = await this.#current.run({ held, scope }, action);
      await scope.finish();
      return result;
    } catch (error) {
      await scope.abandon();
      throw error;
    }
  }

  /** The answer to a commit may get lost, and the transaction be in. */
  async #requireIn({ mark }: HeldTransaction, error: unknown): Promise<void> {
    const isUnknown = error instanceof AuditError && error.code === 'target-unreachable';
    if (!isUnknown || !(await isCommitted(this.#connection, mark).catch(() => false))) throw error;
  }
}
