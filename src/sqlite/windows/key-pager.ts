import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import { quoteName } from '../quote.ts';
import { keyColumns, keyOfPosition, keyPosition } from './key-position.ts';
import type { Pager, Position } from './pager.ts';

/** Windows are ranges of the primary key of a WITHOUT ROWID table; how many are left is not known without a scan. */
export class KeyPager implements Pager {
  readonly progress = 0;
  readonly position = undefined;
  readonly #table: string;
  readonly #first;
  readonly #last;
  readonly #following;
  readonly #nth;
  #after: Position | undefined;
  #to: Position | undefined;

  constructor(db: Database, table: string, columns: readonly string[]) {
    this.#table = table;
    const key = keyColumns(table, columns);
    const bound = keyOfPosition(columns);
    const select = (rest: string) =>
      db
        .prepare<Position[number][], Position[number][]>(
          `SELECT ${keyPosition(columns).join(', ')} FROM ${quoteName(table)} ${rest}`,
        )
        .safeIntegers()
        .raw();
    this.#first = select(`ORDER BY ${key} LIMIT 1`);
    this.#last = select(`ORDER BY ${keyColumns(table, columns, ' DESC')} LIMIT 1`);
    this.#following = select(`WHERE (${key}) > ${bound} ORDER BY ${key} LIMIT 1`);
    this.#nth = select(`WHERE (${key}) >= ${bound} ORDER BY ${key} LIMIT 1 OFFSET ?`);
  }

  next(size: number): Position | undefined {
    const first = this.#after === undefined ? this.#first.get() : this.#following.get(...this.#after);
    if (first === undefined) return undefined;
    this.#to = this.#nth.get(...first, BigInt(size - 1)) ?? this.#last.get() ?? first;
    return [...first, ...this.#to];
  }

  advance(stoppedAt: Position | undefined): void {
    const before = this.#after;
    this.#after = stoppedAt ?? this.#to;
    if (before && this.#after && isDeepStrictEqual(before, this.#after)) throw stuck(this.#table);
  }
}

/** Numeric columns compare text with a NUL in it as the number before the NUL, so a walk along them would not end. */
function stuck(table: string): AuditError {
  const hint = 'copy the table into one that has row ids';
  return new AuditError('source-failed', `the primary key of table ${table} cannot be walked along`, hint);
}
