import type { Database } from 'better-sqlite3';
import type { KeyValue, Pager, Position } from './pager.ts';
import { quoteName } from './quote.ts';

/** Windows are ranges of the primary key of a WITHOUT ROWID table; how many are left is not known without a scan. */
export class KeyPager implements Pager {
  readonly progress = 0;
  readonly #first;
  readonly #last;
  readonly #following;
  readonly #nth;
  #after: Position | undefined;
  #to: Position | undefined;

  constructor(db: Database, table: string, columns: readonly string[]) {
    const names = columns.map(quoteName);
    const key = names.join(', ');
    const marks = names.map(() => '?').join(', ');
    const select = (rest: string) =>
      db
        .prepare<KeyValue[], KeyValue[]>(`SELECT ${key} FROM ${quoteName(table)} ${rest}`)
        .safeIntegers()
        .raw();
    this.#first = select(`ORDER BY ${key} LIMIT 1`);
    this.#last = select(`ORDER BY ${names.map((name) => `${name} DESC`).join(', ')} LIMIT 1`);
    this.#following = select(`WHERE (${key}) > (${marks}) ORDER BY ${key} LIMIT 1`);
    this.#nth = select(`WHERE (${key}) >= (${marks}) ORDER BY ${key} LIMIT 1 OFFSET ?`);
  }

  next(size: number): readonly KeyValue[] | undefined {
    const first = this.#after === undefined ? this.#first.get() : this.#following.get(...this.#after);
    if (first === undefined) return undefined;
    this.#to = this.#nth.get(...first, BigInt(size - 1)) ?? this.#last.get() ?? first;
    return [...first, ...this.#to];
  }

  advance(stoppedAt: Position | undefined): void {
    this.#after = stoppedAt ?? this.#to;
  }
}
