/** Counts rows as they are taken, and knows whether all of them were: an unread row would be lost in silence. */
export class CountedRows<Row> implements Iterable<Row> {
  count = 0;
  ended = false;
  readonly #rows: Iterable<Row>;

  constructor(rows: Iterable<Row>) {
    this.#rows = rows;
  }

  *[Symbol.iterator](): Generator<Row> {
    for (const row of this.#rows) {
      this.count++;
      yield row;
    }
    this.ended = true;
  }
}
