import { AuditError } from '../../model/errors.ts';
import type { OpenTransaction } from '../open-transaction.ts';
import type { Transaction } from '../transaction.ts';
import type { TransactionMark } from '../write-once.ts';

/**
 * A transaction that is open for what somebody does in it, part by part. Neo4j cannot undo a part alone: where one fails
 * that has changed something, the whole is lost, and whoever goes on in it is told so.
 */
export class HeldTransaction {
  readonly tx: Transaction;
  readonly mark: TransactionMark;
  readonly #open: OpenTransaction;
  #lost: AuditError | undefined;

  constructor(open: OpenTransaction, mark: TransactionMark) {
    this.tx = open;
    this.mark = mark;
    this.#open = open;
  }

  /** Does a part of it. */
  async part<Result>(action: () => Promise<Result>): Promise<Result> {
    this.requireWhole();
    const { marks } = this.#open;
    try {
      return await action();
    } catch (error) {
      if (this.#open.marks !== marks) this.#lost ??= lost(error);
      throw error;
    }
  }

  /** Throws where a part of it is to be undone, as that undoes all of it. */
  requireWhole(): void {
    if (this.#lost !== undefined) throw this.#lost;
  }
}

function lost(cause: unknown): AuditError {
  const message = 'a part of the transaction failed after it had changed something, which Neo4j undoes only as a whole';
  return new AuditError(
    'usage',
    message,
    'let such an error end the transaction, or do that part in one of its own',
    cause,
  );
}
