import type { Entry } from '../model/entry.ts';
import type { Reading, RowRange, Source } from '../model/source.ts';
import type { OpenStaging } from '../model/staging.ts';
import type { NotFolded } from './folding.ts';

/** What comes out of a table that is read flush by flush: news of each window, and what was folded. */
export type ReadEvent =
  | { readonly type: 'window'; readonly rows: number; readonly progress: number }
  /** Some entries of the flush of the rows up to `upTo`, in the order of their keys, by UTF-8 bytes. */
  | { readonly type: 'entries'; readonly entries: readonly Entry[]; readonly upTo: bigint }
  | ({ readonly type: 'flushed' } & Flushed);

/** The end of a flush: all entries of the rows up to `upTo` have been handed out. */
export interface Flushed extends NotFolded {
  readonly upTo: bigint;
  readonly rows: number;
}

/** When to hand out what is folded. */
export interface FlushPace {
  /** Reading goes on for so long before there is a flush, at the most: a run that is killed loses no more than that. */
  readonly everyMs: number;
  /** Of a flush that an earlier run began: entries up to this key are in, and the rest has to come as one flush. */
  readonly afterKey: string | undefined;
  /** Only these keys are wanted; all of them when undefined. */
  readonly wanted?: ReadonlySet<string> | undefined;
}

/** Entries handed out at once: a message between threads must not be large. */
export const ENTRIES_AT_ONCE = 1000;

/** A table that is being read flush by flush. */
export interface FlushReading {
  /** Whether it is read in a thread beside this one, which has begun. */
  readonly isBeside: boolean;
  /** What comes of it, once. */
  events(): AsyncIterable<ReadEvent>;
  /** Ends the reading, wherever it is. */
  close(): Promise<void>;
}

/** Where rows are read, and where they may be put aside. */
export interface ReadingDesk {
  readonly source: Source;
  readonly openStaging: OpenStaging;
}

/** A range of a table, to be read flush by flush. */
export type RangeReading = Reading & { readonly range: RowRange };
