/** How long to wait for other programs, and what ends the wait. */
export interface Patience {
  /** In milliseconds. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}
