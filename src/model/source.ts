import type { AnyExtractor, Columns, ExtractorSettings, RowOf } from './extractor.ts';

/** The database that is read. It is never written, and never held open in a read longer than about two seconds. */
export interface Source {
  readonly path: string;
  /** False where the source has no such table: its extractor is skipped. */
  hasTable(table: string): boolean;
  /** The columns of an extractor that its table lacks. */
  missingColumns(extractor: AnyExtractor): readonly string[];
  /** Begins to read the rows an extractor wants, up to the last row there is now. */
  openReader(extractor: AnyExtractor, settings: ExtractorSettings): WindowReader;
  close(): void;
}

/** Reads a table window by window, in the order of its row ids. */
export interface WindowReader {
  /** The share of the table behind the reader, from 0 to 1. */
  readonly progress: number;
  /**
   * Reads the next window and hands its rows to `visit`, which must take them before it returns.
   * Returns false, without a call, when no window is left.
   */
  readWindow(visit: (rows: Iterable<RowOf<Columns>>) => void): boolean;
}
