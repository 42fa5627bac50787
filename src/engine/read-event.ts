import type { Entry } from '../model/entry.ts';
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

/** Entries handed out at once: a message between threads must not be large. */
export const ENTRIES_AT_ONCE = 1000;
