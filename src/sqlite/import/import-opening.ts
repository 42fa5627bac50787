import type { RecordCleaner } from '../../model/change.ts';
import type { NodeOrigin } from '../../model/graph-opening.ts';
import type { Hook } from '../../model/hook.ts';
import type { Patience } from '../../model/patience.ts';

/** How a graph is opened to import rows into it. */
export interface ImportOpening {
  readonly path: string;
  /** Who imports. */
  readonly actor: string;
  /** This program with its version, for the seals. */
  readonly program: string;
  /** What a node that comes in is like. */
  readonly origin: NodeOrigin;
  readonly cleaner: RecordCleaner;
  /** Called with every node that is written. */
  readonly hooks: readonly Hook[];
  readonly patience: Patience;
  /** Reads the time, ISO 8601; once a transaction. */
  readonly clock: () => string;
}
