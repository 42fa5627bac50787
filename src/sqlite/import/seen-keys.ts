import type { ExchangeTable } from '../../model/exchange.ts';
import { connect } from '../connect.ts';
import type { TransactionListener } from '../store/write-transactions.ts';
import { translating } from '../translate-error.ts';

/**
 * The keys of rows that came before, in a nameless temporary database, so that memory does not grow with them. What a
 * transaction has added goes with it when it is undone.
 */
export class SeenKeys implements TransactionListener {
  readonly #db = translating({ role: 'staging', path: '' }, () => connect(''));
  readonly #add;
  readonly #has;

  constructor() {
    this.#db.exec('PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -16000');
    this.#db.exec('CREATE TABLE seen(of TEXT, key TEXT, PRIMARY KEY(of, key)) WITHOUT ROWID');
    this.#add = this.#db.prepare<[ExchangeTable, string]>('INSERT OR IGNORE INTO seen(of, key) VALUES (?, ?)');
    this.#has = this.#db.prepare<[ExchangeTable, string], 1>('SELECT 1 FROM seen WHERE of = ? AND key = ?').pluck();
  }

  begin(): void {
    if (this.#db.inTransaction) this.#db.exec('COMMIT');
    this.#db.exec('BEGIN');
  }

  forget(): void {
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
  }

  add(table: ExchangeTable, key: string): void {
    translating({ role: 'staging', path: '' }, () => this.#add.run(table, key));
  }

  has(table: ExchangeTable, key: string): boolean {
    return this.#has.get(table, key) !== undefined;
  }

  close(): void {
    this.#db.close();
  }
}
