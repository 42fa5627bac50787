import type { Database } from 'better-sqlite3';
import type { RowRange } from '../../model/source.ts';
import { quoteName } from '../quote.ts';
import { decodeRowid } from './cell.ts';
import type { Pager, Position } from './pager.ts';

/** Windows are ranges of row ids; gaps, however wide, are leapt over. */
export class RowidPager implements Pager {
  readonly #following;
  readonly #lowest: bigint;
  readonly #highest: bigint;
  #from: bigint;
  #to: bigint;

  constructor(db: Database, table: string, alias: string, range?: RowRange) {
    const read = (sql: string): bigint | null | undefined =>
      db
        .prepare<[], bigint | null>(`SELECT ${sql} FROM ${quoteName(table)}`)
        .safeIntegers()
        .pluck()
        .get();
    this.#lowest = range?.after === undefined ? (read(`min(${alias})`) ?? 1n) : range.after + 1n;
    this.#highest = range?.upTo ?? read(`max(${alias})`) ?? 0n;
    this.#from = this.#lowest;
    this.#to = this.#from;
    this.#following = db
      .prepare<[bigint], bigint | null>(`SELECT min(${alias}) FROM ${quoteName(table)} WHERE ${alias} >= ?`)
      .safeIntegers()
      .pluck();
  }

  get progress(): number {
    const rows = Number(this.#highest - this.#lowest + 1n);
    return rows <= 0 ? 1 : Math.min(1, Number(this.#from - this.#lowest) / rows);
  }

  get position(): bigint | undefined {
    return this.#from === this.#lowest ? undefined : this.#from - 1n;
  }

  next(size: number): readonly bigint[] | undefined {
    if (this.#from > this.#highest) return undefined;
    const first = this.#following.get(this.#from) ?? null;
    if (first === null || first > this.#highest) return undefined;
    const last = first + BigInt(size) - 1n;
    this.#to = last < this.#highest ? last : this.#highest;
    return [first, this.#to];
  }

  advance(stoppedAt: Position | undefined): void {
    this.#from = (stoppedAt === undefined ? this.#to : decodeRowid(stoppedAt[0])) + 1n;
  }
}
