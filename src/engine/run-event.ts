import type { Change } from '../model/node.ts';
import type { ExtractorReport, RunReport } from '../model/report.ts';

/** What happens during a run, for whoever shows it. */
export type RunEvent =
  | { readonly type: 'extractor-started'; readonly extractor: string }
  | {
      readonly type: 'window-read';
      readonly extractor: string;
      /** Rows that met the extractor's condition so far. */
      readonly read: number;
      /** The share of the table that is behind, from 0 to 1. */
      readonly progress: number;
    }
  | {
      readonly type: 'batch-written';
      readonly extractor: string;
      readonly changes: readonly Change[];
      /** The share of the extractor's nodes that is behind, from 0 to 1. */
      readonly progress: number;
    }
  | { readonly type: 'extractor-finished'; readonly report: ExtractorReport }
  /** The error itself, for whoever wants its stack. */
  | { readonly type: 'failed'; readonly extractor: string; readonly error: unknown }
  /** The last one, always. */
  | { readonly type: 'run-finished'; readonly report: RunReport };
