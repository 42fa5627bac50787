import type { RecordedNode } from '../model/recorded-graph.ts';

/** Records in the order of their keys, page by page. */
export type RecordPages = AsyncIterable<readonly RecordedNode[]>;

/** Goes through records one by one; only the next page is waited for. */
export class RecordCursor {
  readonly #pages: AsyncIterator<readonly RecordedNode[]>;
  #page: readonly RecordedNode[] = [];
  #at = 0;
  #isOver = false;

  constructor(pages: RecordPages) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** Undefined where the page is to be turned, and where all are over. */
  get current(): RecordedNode | undefined {
    return this.#page[this.#at];
  }

  /** Whether there is no record after those that were seen. */
  get isOver(): boolean {
    return this.#isOver;
  }

  advance(): void {
    this.#at++;
  }

  /** Reads on until there is a record again, or all are over. */
  async turn(): Promise<void> {
    while (this.current === undefined && !this.#isOver) {
      const { done, value } = await this.#pages.next();
      if (done) this.#isOver = true;
      else [this.#page, this.#at] = [value, 0];
    }
  }

  /** Whoever gives the pages need not go on. */
  async close(): Promise<void> {
    await this.#pages.return?.();
  }
}
