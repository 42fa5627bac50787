/** What others were promised: nobody waits longer than this for a write of ours, in milliseconds. */
const PROMISED_MS = 250;
const MOST_MS = 100;
const LEAST_MS = 5;

/** How long the statements of a write transaction may take, learnt from how long whole ones took: a disk may be slow. */
export class WriteBudget {
  #ms = MOST_MS;

  get milliseconds(): number {
    return this.#ms;
  }

  /** Learns from a transaction that took so long with its commit. */
  learn(milliseconds: number): void {
    const factor = milliseconds > PROMISED_MS / 2 ? 0.5 : 1.25;
    this.#ms = Math.min(MOST_MS, Math.max(LEAST_MS, this.#ms * factor));
  }
}
