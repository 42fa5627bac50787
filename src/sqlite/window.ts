import type { Columns, RowOf } from '../model/extractor.ts';
import { decodeCell } from './cell.ts';
import type { KeyValue, Position } from './pager.ts';

type Row = RowOf<Columns>;
/** A row as the window query gives it. */
export type RawRow = readonly KeyValue[];

/** How a raw row is made a row: so many parts of its position come first, then the columns. */
export interface RowLayout {
  readonly positionParts: number;
  readonly columns: Columns;
}

/** A window is left after so many milliseconds, wanted rows, or characters: a read must not last, nor memory grow. */
const MOST_MS = 800;
const MOST_ROWS = 5_000;
const MOST_CHARACTERS = 8_000_000;
const ROWS_BETWEEN_CLOCK_READINGS = 32;

/** The rows of one window. Reading stops early, at a position to go on from, when it has lasted too long. */
export class Window implements Iterable<Row> {
  stoppedAt: Position | undefined;
  readonly #rows: IterableIterator<RawRow>;
  readonly #layout: RowLayout;
  readonly #started = performance.now();

  constructor(rows: IterableIterator<RawRow>, layout: RowLayout) {
    this.#rows = rows;
    this.#layout = layout;
  }

  elapsed(): number {
    return performance.now() - this.#started;
  }

  /** Ends the read, also where the visitor left before its end. */
  close(): void {
    this.#rows.return?.();
  }

  *[Symbol.iterator](): Generator<Row> {
    const { positionParts } = this.#layout;
    const decoder = new RowDecoder(this.#layout);
    let count = 0;
    for (const raw of this.#rows) {
      yield decoder.decode(raw);
      count++;
      if (positionParts === 0) continue;
      if (count < MOST_ROWS && decoder.characters < MOST_CHARACTERS) {
        if (count % ROWS_BETWEEN_CLOCK_READINGS !== 0 || this.elapsed() < MOST_MS) continue;
      }
      this.stoppedAt = raw.slice(0, positionParts);
      return;
    }
  }
}

/** Makes rows of raw rows, and counts their characters. It runs for every row. */
class RowDecoder {
  characters = 0;
  readonly #columns;

  constructor({ positionParts, columns }: RowLayout) {
    this.#columns = Object.entries(columns).map(([name, kind], i) => ({ name, kind, at: positionParts + i }));
  }

  decode(raw: RawRow): Row {
    const row: Record<string, number | bigint | string | null> = {};
    for (const { name, kind, at } of this.#columns) {
      const cell = raw[at];
      const value = typeof cell === 'number' ? cell : decodeCell(kind, cell);
      if (typeof value === 'string') this.characters += value.length;
      row[name] = value;
    }
    return row;
  }
}
