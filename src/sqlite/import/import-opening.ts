import type { GraphOpening, NodeOrigin } from '../../model/graph-opening.ts';

/** How a graph is opened to import rows into it. */
export interface ImportOpening extends GraphOpening {
  readonly path: string;
  /** Who imports. */
  readonly actor: string;
  /** This program with its version, for the seals. */
  readonly program: string;
  /** What a node that comes in is like. */
  readonly origin: NodeOrigin;
  /** Reads the time, ISO 8601; once a transaction. */
  readonly clock: () => string;
}
