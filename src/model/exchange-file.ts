import type { ExchangeRow } from './exchange.ts';

/** Where a row stands in a file: the file's name, within a zip the one there, and the line that it begins on. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
}

/** A row of a file, or why there is none on a line. */
export type ExchangeLine = LinePlace &
  ({ readonly row: ExchangeRow; readonly fault?: never } | { readonly fault: string; readonly row?: never });

/**
 * A file that holds a graph. It is read as a stream, as often as wanted. Throws `exchange-invalid` where it is none, or where
 * what follows in it cannot be told apart any more.
 */
export interface ExchangeFile {
  readonly path: string;
  lines(): AsyncIterable<ExchangeLine>;
  close(): void;
}
