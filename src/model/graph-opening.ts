import type { RecordCleaner } from './change.ts';
import type { Hook } from './hook.ts';
import type { Patience } from './patience.ts';

/** A kind of nodes that is going to be written: their subtype, and the table they come from. */
export interface NodeOrigin {
  readonly subtype: string;
  readonly table: string;
}

/** Which edges a target is to take. */
export interface EdgeOpening {
  /** What they go by, where all linkers of it are at work. */
  readonly linkers: string | undefined;
  readonly types: readonly string[];
}

/** How a graph is opened to be written. */
export interface GraphOpening {
  readonly patience: Patience;
  /** Rids what goes into the log of changes of secrets. */
  readonly cleaner: RecordCleaner;
  /** Called with every node that is written. */
  readonly hooks: readonly Hook[];
}

/** How a target is opened for runs, links and logged actions. */
export interface TargetOpening extends GraphOpening {
  /** The kinds of nodes that it must take. */
  readonly origins: readonly NodeOrigin[];
  /** The time that its nodes get, ISO 8601. */
  readonly now: string;
  /** This program with its version. */
  readonly program: string;
  /** Whether it is a run that writes. */
  readonly isRun: boolean;
  /** Undefined where no edges are wanted. */
  readonly edges: EdgeOpening | undefined;
}

/** How a graph is opened to be read and written record by record. */
export interface StoreOpening extends GraphOpening {
  /** Whether what is missing is made. */
  readonly create: boolean;
  /** Who writes. */
  readonly actor: string;
  /** Reads the time, ISO 8601; once a transaction. */
  readonly clock: () => string;
}

/** How a graph is opened to hang its events elsewhere. */
export interface EditorOpening extends GraphOpening {
  /** The time that is written, ISO 8601. */
  readonly now: string;
  /** Who edits it. */
  readonly actor: string;
}
