import type { Reading, RowRange, Source } from '../model/source.ts';
import type { OpenStaging } from '../model/staging.ts';
import type { ReadEvent } from './read-event.ts';

/** When to hand out what is folded. */
export interface FlushPace {
  /** Reading goes on for so long before there is a flush, at the most: a run that is killed loses no more than that. */
  readonly everyMs: number;
  /** Of a flush that an earlier run began: entries up to this key are in, and the rest has to come as one flush. */
  readonly afterKey: string | undefined;
  /** Only these keys are wanted; all of them when undefined. */
  readonly wanted?: ReadonlySet<string> | undefined;
}

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
