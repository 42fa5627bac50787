import type { Counts } from './report.ts';

/** A run that changed something, as the graph remembers it. */
export interface PastRun {
  readonly id: number;
  /** Of which its source's rows are; absent where that is the graph's own. */
  readonly origin?: string;
  readonly started_at: string;
  /** Null for a run that was killed, or is still going on. */
  readonly finished_at: string | null;
  /** `ok`, `partial`, or the code of the error that ended it; null as above. */
  readonly outcome: string | null;
  readonly mode: string | null;
  readonly totals: Counts | null;
}

/** Where an extractor stands. Row ids are text, as they may have 64 bits. */
export interface ExtractorStatus {
  /** Of which the rows are that it read; absent where that is the graph's own. */
  readonly origin?: string;
  readonly extractor: string;
  readonly table: string;
  /** The row up to which everything is in; null before the first one, and for tables that are read whole. */
  readonly folded_to: string | null;
  /** The last row of the source; null where that is not known, or there is none. */
  readonly last_row: string | null;
  /** How many row ids lie between; null where that is not known. */
  readonly behind: number | null;
  /** Rows that it has read, of those that met its condition. */
  readonly rows: number;
  /** Whether a run was ended before it was done; the next one goes on. */
  readonly unfinished: boolean;
}

/** What `audit-extract status --json` prints. Times are ISO 8601 in UTC. */
export interface StatusReport {
  readonly schema: 'audit-extract/status@1';
  /** Of which the source's rows are. */
  readonly origin?: string;
  readonly source: { readonly path: string };
  readonly target: { readonly path: string };
  /** When a run last looked, whether it found something new or not; null before the first. */
  readonly last_checked: string | null;
  /** The last runs that changed something, the last one first. */
  readonly runs: readonly PastRun[];
  readonly extractors: readonly ExtractorStatus[];
}
