/** What every job on a graph is given. */
export interface GraphJob {
  /** The path of the graph, absolute. */
  readonly target: string;
  /** How long locks of others are waited for, in milliseconds. */
  readonly waitMs?: number | undefined;
  readonly signal: AbortSignal;
  /** Reads the time, in milliseconds since 1970. */
  readonly clock: () => number;
}
