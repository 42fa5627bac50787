import type { Hook } from '../model/hook.ts';

/** What every job on a graph is given. */
export interface GraphJob {
  /** The path of the graph, absolute. */
  readonly target: string;
  /** What the source is called among several of this graph; its events' ids begin with it. */
  readonly origin?: string | undefined;
  /** How long locks of others are waited for, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** Called with every node that is written, in this order. */
  readonly hooks?: readonly Hook[] | undefined;
  /** Who is said to have changed it; the user of the system unless given. */
  readonly actor?: string | undefined;
  readonly signal: AbortSignal;
  /** Reads the time, in milliseconds since 1970. */
  readonly clock: () => number;
}
