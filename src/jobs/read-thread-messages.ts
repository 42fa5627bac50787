import type { FlushPace, RangeReading } from '../engine/flush-reading.ts';
import type { PackedEntries } from '../engine/packed-entries.ts';
import type { ReadEvent } from '../engine/read-event.ts';
import type { ErrorSummary } from '../model/errors.ts';
import type { KeptFields } from '../model/leaf.ts';
import type { RedactionSettings, SecretCounts } from '../model/redaction.ts';

/** What a reading thread is started with. */
export interface ReadTask {
  readonly source: string;
  /** Which file it has to be. */
  readonly identity: string;
  readonly windowRows: number | undefined;
  readonly waitMs: number | undefined;
  readonly extractor: string;
  /** Of which the rows are. */
  readonly origin: string | undefined;
  /** Where an extractor from outside comes from. */
  readonly module: string | undefined;
  /** The fields of a node that the target keeps. */
  readonly kept: KeptFields;
  readonly redaction: RedactionSettings;
  readonly reading: RangeReading;
  readonly pace: FlushPace;
  /** Two shared integers: how many messages with entries are on their way, and whether to stop. */
  readonly gate: Int32Array;
}

/** What it says. */
export type ReadMessage =
  | Exclude<ReadEvent, { type: 'entries' | 'window' }>
  | (Extract<ReadEvent, { type: 'window' }> & { readonly longestReadMs: number; readonly secrets: SecretCounts })
  | { readonly type: 'packed'; readonly packed: PackedEntries; readonly upTo: bigint }
  | { readonly type: 'ended' }
  /** An error of ours has a summary, an extractor's own has none. */
  | {
      readonly type: 'failed';
      readonly summary: ErrorSummary | undefined;
      readonly message: string;
      readonly stack: string;
    };

/** The places in the gate. */
export const ON_THEIR_WAY = 0;
export const STOP = 1;
/**
 * A thread waits while so many of its messages with entries have not been taken: memory is bounded. They hold more than
 * a batch, so that the thread need not wait while one is written.
 */
export const MOST_ON_THEIR_WAY = 16;
