import type { Database } from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
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
    return [...first, ...this.#to].map(requireText);
  }

  advance(stoppedAt: Position | undefined): void {
    this.#after = (stoppedAt ?? this.#to)?.map(requireText);
  }
}

/** Text that is not UTF-8 comes changed, so it cannot say where to go on: rows would be lost or read twice. */
function requireText(value: KeyValue): KeyValue {
  if (typeof value !== 'string' || !value.includes('\ufffd')) return value;
  const hint = 'copy the table into one that has row ids';
  throw new AuditError('source-failed', 'a primary key holds text that is not UTF-8', hint);
}
