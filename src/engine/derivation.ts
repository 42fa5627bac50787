import type { Checkpoint } from '../model/checkpoint.ts';
import type { RowRange } from '../model/source.ts';

/** How an extractor's nodes are to be derived in a run. */
export type Derivation = FromCheckpoint | Rebuild;

interface Common {
  /** Of the extractor's version and settings. */
  readonly digest: string;
  /** How far the extractor had come; undefined in its first run. */
  readonly checkpoint: Checkpoint | undefined;
  /** The first row there was when the extractor first ran. */
  readonly firstRow: bigint | undefined;
  /** Why all rows are read, for people; undefined where only new ones are. */
  readonly reason: string | undefined;
  /** Whether the producer has dropped old rows. */
  readonly pruned: boolean;
  readonly warnings: readonly string[];
}

/** New rows are folded into what is kept. In a first run all are new. */
export interface FromCheckpoint extends Common {
  readonly kind: 'from-checkpoint';
  /** The rows to be read. */
  readonly range: RowRange | 'none';
}

/** All rows are read, and take the place of what is kept. */
export interface Rebuild extends Common {
  readonly kind: 'rebuild';
  /** The rows to be read: all there are where row ids do not say which, none where there was none at the beginning. */
  readonly range: RowRange | 'all' | 'none';
  /** Rows up to here had been read before; undefined where that cannot be told. */
  readonly knownUpTo: bigint | undefined;
  /** What the source must not have forgotten. */
  readonly guard: 'nothing' | 'counts' | 'counts and nodes' | 'any row';
  /** Whether the user takes the source as it is. */
  readonly accepted: boolean;
  /** Whether what is not derived again is no longer ours: its node stays, and nothing will be folded into it. */
  readonly forgets: boolean;
}

/** The row id above which rows are read; undefined where all are. */
export function afterOf({ range }: Derivation): bigint | undefined {
  return typeof range === 'object' ? range.after : undefined;
}
