import type { KeyValue, Position } from './pager.ts';

/** A row as the window query gives it: the parts of its position, then its cells. */
export type RawRow = readonly KeyValue[];

/** Makes something of raw rows, and counts their characters. It runs for every row. */
export interface RowDecoder<Row> {
  readonly characters: number;
  decode(raw: RawRow): Row;
}

/** A window is left after so many milliseconds, wanted rows, or characters: a read must not last, nor memory grow. */
const MOST_MS = 800;
const MOST_ROWS = 5_000;
const MOST_CHARACTERS = 8_000_000;
const ROWS_BETWEEN_CLOCK_READINGS = 32;

/** The rows of one window. Reading stops early, at a position to go on from, when it has lasted too long. */
export class Window<Row> implements Iterable<Row> {
  stoppedAt: Position | undefined;
  readonly #rows: IterableIterator<RawRow>;
  readonly #positionParts: number;
  readonly #decoder: RowDecoder<Row>;
  readonly #started = performance.now();

  constructor(rows: IterableIterator<RawRow>, positionParts: number, decoder: RowDecoder<Row>) {
    this.#rows = rows;
    this.#positionParts = positionParts;
    this.#decoder = decoder;
  }

  elapsed(): number {
    return performance.now() - this.#started;
  }

  /** Ends the read, also where the visitor left before its end. */
  close(): void {
    this.#rows.return?.();
  }

  *[Symbol.iterator](): Generator<Row> {
    const decoder = this.#decoder;
    let count = 0;
    for (const raw of this.#rows) {
      yield decoder.decode(raw);
      count++;
      if (this.#positionParts === 0) continue;
      if (count < MOST_ROWS && decoder.characters < MOST_CHARACTERS) {
        if (count % ROWS_BETWEEN_CLOCK_READINGS !== 0 || this.elapsed() < MOST_MS) continue;
      }
      this.stoppedAt = raw.slice(0, this.#positionParts);
      return;
    }
  }
}
