/** Remembers the longest of some transactions, in milliseconds. */
export class TransactionClock {
  #longest = 0;

  get longest(): number {
    return this.#longest;
  }

  note(milliseconds: number): void {
    this.#longest = Math.max(this.#longest, milliseconds);
  }

  /** Runs an action that is one transaction. */
  time<Result>(action: () => Result): Result {
    const started = performance.now();
    try {
      return action();
    } finally {
      this.note(performance.now() - started);
    }
  }
}
