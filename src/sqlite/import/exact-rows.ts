import type { Database, Statement } from 'better-sqlite3';
import { ExchangeBytes, type ExchangeRow, type ExchangeValue } from '../../model/exchange.ts';

/** Rows of other columns need other statements; more of them than this come from no export. */
const MOST_STATEMENTS = 200;

export type Bound = null | string | bigint | number | Uint8Array;

/** A column by its name in a file, and quoted as it is in the table. */
export interface ExactColumn {
  readonly name: string;
  readonly quoted: string;
}

/** Compares and writes the rows of a table value by value, be they of any type. */
export class ExactRows {
  readonly #db: Database;
  readonly #table: string;
  readonly #key: string;
  readonly #columns: ReadonlyMap<string, string>;
  readonly #statements = new Map<string, Statement<Bound[], unknown>>();

  /** `key` is the quoted column by which rows are found. */
  constructor(db: Database, table: string, key: string, columns: readonly ExactColumn[]) {
    this.#db = db;
    this.#table = table;
    this.#key = key;
    this.#columns = new Map(columns.map(({ name, quoted }) => [name, quoted]));
  }

  /** Whether the table has a column. */
  has(column: string): boolean {
    return this.#columns.has(column);
  }

  /** Whether the row of a key says in all its columns what a row says, those left out that `except` names. */
  isSame(key: string, row: ExchangeRow, except: ReadonlySet<string>): boolean {
    const cells = this.#cellsOf(row, except);
    // A column that takes texts for the same that differ must not pass for one that keeps them.
    const conditions = cells.map(({ quoted, value }) => `AND ${quoted} COLLATE BINARY IS ${placeholder(value)}`);
    const statement = this.#prepare(`SELECT 1 FROM ${this.#table} WHERE ${this.#key} = ? ${conditions.join(' ')}`);
    return statement.get(key, ...cells.map(({ value }) => bound(value))) !== undefined;
  }

  /** Writes all columns of a row that is there, those left out that `except` names. */
  set(key: string, row: ExchangeRow, except: ReadonlySet<string>): void {
    const cells = this.#cellsOf(row, except);
    if (cells.length === 0) return;
    const assignments = cells.map(({ quoted, value }) => `${quoted} = ${placeholder(value)}`);
    const statement = this.#prepare(`UPDATE ${this.#table} SET ${assignments.join(', ')} WHERE ${this.#key} = ?`);
    statement.run(...cells.map(({ value }) => bound(value)), key);
  }

  insert(row: ExchangeRow): void {
    const cells = this.#cellsOf(row, new Set());
    const names = cells.map(({ quoted }) => quoted).join(', ');
    const values = cells.map(({ value }) => placeholder(value)).join(', ');
    const statement = this.#prepare(`INSERT INTO ${this.#table}(${names}) VALUES (${values})`);
    statement.run(...cells.map(({ value }) => bound(value)));
  }

  #cellsOf({ columns, values }: ExchangeRow, except: ReadonlySet<string>) {
    return columns.flatMap((name, at) => {
      const quoted = this.#columns.get(name);
      return quoted === undefined || except.has(name) ? [] : [{ quoted, value: values[at] ?? null }];
    });
  }

  #prepare(sql: string): Statement<Bound[], unknown> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= MOST_STATEMENTS) this.#statements.clear();
    const statement = this.#db.prepare<Bound[], unknown>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** A text that is no UTF-8 can only be given as its bytes. */
export const placeholder = (value: ExchangeValue): string =>
  value instanceof ExchangeBytes && value.kind === 'text' ? 'CAST(? AS TEXT)' : '?';

/** A value as the driver takes it. */
export const bound = (value: ExchangeValue): Bound => (value instanceof ExchangeBytes ? value.bytes : value);
