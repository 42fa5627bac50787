import { isUtf8 } from 'node:buffer';
import type { Database, Statement } from 'better-sqlite3';
import { ExchangeBytes, type ExchangeRow, type ExchangeValue } from '../../model/exchange.ts';
import { keep } from '../connect.ts';
import type { ConsistentReads } from './consistent-reads.ts';
import type { TableSelection } from './table-selection.ts';

/** Rows of one read, and how much text and bytes of them are held at once. */
const ROWS_AT_ONCE = 500;
const MOST_CHARACTERS = 4_000_000;

/** What the driver makes of bytes that are no UTF-8. */
const REPLACEMENT = '\ufffd';

/** A value as the driver gives it when integers are exact. */
type Cell = null | string | bigint | number | Uint8Array;
type Cells = readonly Cell[];

/** Where the rows after a page begin: the key of its last row, which may be of any type. */
interface Position {
  readonly key: Exclude<Cell, null>;
  readonly isText: boolean;
}

/** Reads rows in the order of their keys, page by page, with every value as it is. Rows without a key are not among them. */
export class RowPages {
  readonly #selection: TableSelection;
  readonly #reads: ConsistentReads;
  readonly #isUtf8: boolean;
  readonly #pages;
  readonly #bytes;

  constructor(db: Database, selection: TableSelection, reads: ConsistentReads) {
    this.#selection = selection;
    this.#reads = reads;
    this.#isUtf8 = db.prepare<[], string>('PRAGMA encoding').pluck().get() === 'UTF-8';
    this.#pages = preparePages(db, selection, (value) => value);
    this.#bytes = preparePages(db, selection, (value) => `CAST(${value} AS BLOB)`);
  }

  *rows(): Generator<ExchangeRow, void> {
    const { table, columns } = this.#selection;
    for (let after: Position | undefined; ; ) {
      const { rows, next }: Page = this.#reads.read(() => this.#page(after));
      for (const values of rows) yield { table, columns, values };
      if (next === undefined) return;
      after = next;
    }
  }

  #page(after: Position | undefined): Page {
    const { values } = this.#selection;
    const cells: Cells[] = [];
    let characters = 0;
    let hasOddText = false;
    for (const row of walk(this.#pages, after)) {
      cells.push(row);
      for (const cell of row) {
        if (typeof cell === 'string') {
          characters += cell.length;
          hasOddText ||= this.#isUtf8 && cell.includes(REPLACEMENT);
        } else if (cell instanceof Uint8Array) characters += cell.length;
      }
      if (characters > MOST_CHARACTERS) break;
    }
    const rows = cells.map((row) => row.slice(0, values.length).map(toValue));
    return { rows: hasOddText ? this.#withBytes(rows, after) : rows, next: positionAfter(cells.at(-1), values.length) };
  }

  /** Texts that are no UTF-8 as their bytes; the same rows are read once more for that. */
  #withBytes(rows: readonly (readonly ExchangeValue[])[], after: Position | undefined): Page['rows'] {
    const bytes = walk(this.#bytes, after);
    try {
      return rows.map((values) => {
        const { value: cells }: IteratorResult<Cells, void> = bytes.next();
        return values.map((value, at) => {
          const cell = cells?.[at];
          const isOdd = typeof value === 'string' && cell instanceof Uint8Array && !isUtf8(cell);
          return isOdd ? new ExchangeBytes('text', cell) : value;
        });
      });
    } finally {
      // A walk that is not over keeps its connection from all else.
      bytes.return();
    }
  }
}

interface Page {
  readonly rows: readonly (readonly ExchangeValue[])[];
  /** Undefined after the last one. */
  readonly next: Position | undefined;
}

interface Pages {
  readonly first: Statement<[], Cells>;
  readonly afterText: Statement<[Uint8Array], Cells>;
  readonly afterOther: Statement<[Position['key']], Cells>;
}

/** The key comes last, a text as its bytes: in those it is found again, whatever they are. */
function preparePages(db: Database, selection: TableSelection, select: (value: string) => string): Pages {
  const { table, values, key, condition } = selection;
  const position = `iif(typeof(${key}) = 'text', CAST(${key} AS BLOB), ${key}), typeof(${key}) = 'text'`;
  const page = <Parameters extends unknown[]>(from: string) =>
    db
      .prepare<Parameters, Cells>(
        `SELECT ${values.map(select).join(', ')}, ${position} FROM ${table} AS t
         WHERE ${key} ${from} AND (${condition}) ORDER BY ${key} LIMIT ${ROWS_AT_ONCE}`,
      )
      .raw()
      .safeIntegers();
  return {
    first: page('IS NOT NULL'),
    // Without the sign a column of numbers would be taken for one of texts.
    afterText: page('> +CAST(? AS TEXT)'),
    afterOther: page('> ?'),
  };
}

function* walk({ first, afterText, afterOther }: Pages, after: Position | undefined): Generator<Cells, void> {
  const { key, isText } = after ?? {};
  if (key === undefined) yield* keep(first.iterate());
  else if (isText && key instanceof Uint8Array) yield* keep(afterText.iterate(key));
  else yield* keep(afterOther.iterate(key));
}

function positionAfter(row: Cells | undefined, at: number): Position | undefined {
  const key = row?.[at];
  return key === undefined || key === null ? undefined : { key, isText: row?.[at + 1] === 1n };
}

function toValue(cell: Cell): ExchangeValue {
  return cell instanceof Uint8Array ? new ExchangeBytes('blob', cell) : cell;
}
