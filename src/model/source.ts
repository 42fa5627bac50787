import type { Columns, Condition, Lookup, RowOf } from './extractor.ts';
import type { Landmark, Landmarks } from './landmark.ts';
import type { Redactor } from './redaction.ts';

/** The database that is read. It is never written, and never held open in a read longer than about two seconds. */
export interface Source {
  readonly path: string;
  /** Which file it is: another one may come to stand at its path. */
  readonly identity: string;
  /** What keeps secrets out of all that is read, and counts them. */
  readonly redactor: Redactor;
  /** The longest read transaction so far, in milliseconds. */
  readonly longestReadMs: number;
  /** False where the source has no such table: its extractor is skipped. */
  hasTable(table: string): boolean;
  /** The columns, of those given, that a table lacks. */
  missingColumns(table: string, columns: Columns): readonly string[];
  /** Whether each `id` of a table is that of one row, which is found at once. */
  hasUniqueId(table: string): boolean;
  /** The row ids of a table whose column `id` is its row id; undefined for any other, which has no order to go on in. */
  rowIds(table: string): RowIds | undefined;
  /** The last rows of a table up to a row id, by which a source is known again. */
  takeLandmarks(table: string, columns: readonly string[], upTo: bigint): Landmarks;
  /** The rows that stand now where landmarks were taken; those that are gone are left out. */
  findLandmarks(table: string, landmarks: Landmarks): readonly Landmark[];
  /** Some of the values that a column has in a range of row ids. */
  valuesOf(table: string, column: string, range: RowRange): readonly string[];
  /** Notes a read transaction of another connection, in milliseconds. */
  noteRead(milliseconds: number): void;
  /** Begins to read rows. */
  openReader(reading: Reading): WindowReader;
  /** Begins to read rows in the order of their keys; undefined for a table where that cannot be done. */
  openSortingReader(reading: Reading, key: KeyColumns): SortingReader | undefined;
  /** Begins to read rows as one text each: their columns are `PACKED`. */
  openPackedReader(reading: Reading): WindowReader;
  /** Begins to count rows. */
  openTally(tally: RowTally): TallyReader;
  close(): void;
}

/** The ids of the first and the last row; `highest` is undefined where there is none. */
export interface RowIds {
  readonly lowest: bigint | undefined;
  readonly highest: bigint | undefined;
  /** Whether the table never gives an id twice (AUTOINCREMENT). */
  readonly neverReused: boolean;
}

/** Row ids above `after`, or from the first one on, up to `upTo`. */
export interface RowRange {
  readonly after: bigint | undefined;
  readonly upTo: bigint;
}

/** Which rows of a table are read, and how: plain data, so that it can be handed to another thread. */
export interface Reading {
  readonly table: string;
  readonly columns: Columns;
  readonly condition: Condition;
  /** What is read beside each row. */
  readonly lookup?: Lookup | undefined;
  /** All rows there are now, when absent. */
  readonly range?: RowRange | undefined;
}

/** The column of rows that are read as one text each, to be digested: any change of a row changes it. */
export const PACKED = { packed: 'text' } as const satisfies Columns;

/** Reads a table window by window, in the order of its row ids. */
export interface WindowReader {
  /** The share of the table behind the reader, from 0 to 1. */
  readonly progress: number;
  /** The row id up to which everything is read; undefined before the first window, and for tables without row ids. */
  readonly position: bigint | undefined;
  /**
   * Reads the next window and hands its rows to `visit`, which must take them before it returns.
   * Returns false, without a call, when no window is left.
   */
  readWindow(visit: (rows: Iterable<RowOf<Columns>>) => void): boolean;
}

/** What the keys of rows are made of: a prefix, and text columns of the reading. */
export interface KeyColumns {
  readonly prefix: string;
  readonly columns: readonly string[];
}

/** Reads a table in the order of its row ids, keeps the rows on disk, and gives them back in the order of their keys. */
export interface SortingReader {
  /** The share of the table that was taken in, from 0 to 1. */
  readonly progress: number;
  /** The row id up to which everything was taken in. */
  readonly position: bigint | undefined;
  /** Takes the next window in; gives the number of its rows, or undefined when no window is left. */
  takeWindow(): number | undefined;
  /** Gives the rows back that were taken in since the last call, by the UTF-8 bytes of their keys, and forgets them. */
  openSorted(): WindowReader;
  close(): void;
}

/** How rows of a table are counted: by the text of a column, and of those the ones whose other column is one of some texts. */
export interface RowTally {
  readonly table: string;
  readonly column: string;
  readonly marked: { readonly column: string; readonly oneOf: readonly string[] };
}

/** Rows that share a text; null where they have none. */
export interface TextCount {
  readonly text: string | null;
  readonly rows: number;
  readonly marked: number;
}

/** Counts a table window by window. */
export interface TallyReader {
  /** The counts of the next window; undefined when none is left. */
  next(): readonly TextCount[] | undefined;
}
