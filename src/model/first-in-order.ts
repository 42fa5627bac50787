/** Keeps those of many items that come first in an order, so many at the most; memory does not grow with the others. */
export class FirstInOrder<Item> {
  readonly #size: number;
  readonly #compare: (a: Item, b: Item) => number;
  #kept: Item[] = [];
  #last: Item | undefined;

  constructor(size: number, compare: (a: Item, b: Item) => number) {
    this.#size = size;
    this.#compare = compare;
  }

  add(item: Item): void {
    if (this.#last !== undefined && this.#compare(item, this.#last) >= 0) return;
    this.#kept.push(item);
    // Sorting now and then costs little more than keeping them sorted, and is plainer.
    if (this.#kept.length >= 2 * this.#size + 100) this.#cut();
  }

  /** The first items, in order. */
  sorted(): readonly Item[] {
    this.#cut();
    return this.#kept;
  }

  #cut(): void {
    this.#kept = this.#kept.sort(this.#compare).slice(0, this.#size);
    if (this.#kept.length === this.#size) this.#last = this.#kept.at(-1);
  }
}
