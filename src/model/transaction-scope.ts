import { AuditError } from './errors.ts';

/** A transaction that is open, or none; what is done in it is done one after the other. */
export class TransactionScope {
  #isOver = false;
  #tail: Promise<unknown> = Promise.resolve();

  queue<Result>(action: () => Result | Promise<Result>): Promise<Result> {
    const done = this.after(action);
    this.#tail = done.catch(() => undefined);
    return done;
  }

  /** Does something after all that was called before, and nothing waits for it. */
  after<Result>(action: () => Result | Promise<Result>): Promise<Result> {
    return this.#tail.then(() => {
      if (this.#isOver) throw tooLate();
      return action();
    });
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

/** Why a store cannot be closed: nobody could end its transaction any more. */
export function transactionGoesOn(): AuditError {
  return new AuditError('usage', 'a transaction is going on, so the store cannot be closed', 'await its end first');
}

function tooLate(): AuditError {
  const hint = 'await all that is done in a transaction before it ends';
  return new AuditError('usage', 'the transaction is over that this belongs to', hint);
}
