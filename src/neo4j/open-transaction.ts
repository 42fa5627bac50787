import type { Transaction as DriverTransaction, Session } from 'neo4j-driver';
import type { Parameters, Transaction } from './transaction.ts';
import { translated } from './translate-error.ts';

/** A transaction that its caller ends; nothing of it is tried again. */
export class OpenTransaction implements Transaction {
  readonly #session: Session;
  readonly #tx: DriverTransaction;
  readonly #place: string;
  #marks = 0;

  constructor(session: Session, tx: DriverTransaction, place: string) {
    this.#session = session;
    this.#tx = tx;
    this.#place = place;
  }

  /** Grows with every statement that changed something, or failed: Neo4j cannot undo those alone. */
  get marks(): number {
    return this.#marks;
  }

  async run<Row extends object>(cypher: string, parameters?: Parameters): Promise<readonly Row[]> {
    try {
      const { records, summary } = await this.#tx.run<Row>(cypher, parameters);
      if (summary.counters.containsUpdates()) this.#marks++;
      return records.map((record) => record.toObject());
    } catch (error) {
      this.#marks++;
      throw translated(error, this.#place);
    }
  }

  async commit(): Promise<void> {
    try {
      await this.#tx.commit();
    } catch (error) {
      throw translated(error, this.#place);
    } finally {
      await this.#close();
    }
  }

  /** Undoes it. A server that does not answer does so by itself. */
  async rollback(): Promise<void> {
    await this.#tx.rollback().catch(() => undefined);
    await this.#close();
  }

  async #close(): Promise<void> {
    await this.#session.close().catch(() => undefined);
  }
}
