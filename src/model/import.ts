import type { ErrorSummary } from './errors.ts';
import type { ExchangeRow } from './exchange.ts';
import type { LinePlace } from './exchange-file.ts';

/** What importing a row does: it says something new, other than what was there, or the same. */
export type ImportOutcome = 'inserted' | 'updated' | 'unchanged';

/** What became of a row, or would; or why it cannot come in. */
export type RowOutcome =
  | { readonly outcome: ImportOutcome; readonly fault?: never }
  | { readonly fault: string; readonly outcome?: never };

/** Says of rows, in their order, what importing them would do to a graph. Nothing is written. */
export interface ImportJudge {
  judge(row: ExchangeRow): RowOutcome;
  /** Columns that rows had, and the graph has not. */
  readonly ignoredColumns: readonly string[];
  close(): void;
}

/** Imports rows into a graph. */
export interface ImportTarget {
  /** Writes the first of some rows, as many as one short transaction takes. Gives what became of them. */
  write(rows: readonly ExchangeRow[]): Promise<readonly RowOutcome[]>;
  /** How the graph was not as its last seal had left it; undefined where it was. */
  readonly breach: string | undefined;
  close(): void;
}

/** A row that cannot come in, and why. */
export interface BadRow extends LinePlace {
  readonly message: string;
}

/** How many rows came in, and how many were left out. */
export interface ImportCounts extends Readonly<Record<ImportOutcome, number>> {
  readonly skipped: number;
}

/** What an import did, or would do. */
export interface ImportReport extends ImportCounts {
  readonly schema: 'audit-extract/import@1';
  readonly dry_run: boolean;
  readonly file: { readonly path: string };
  readonly target: { readonly path: string };
  readonly tables: readonly ({ readonly table: string } & ImportCounts)[];
  /** How many rows cannot come in, and the first hundred of them. */
  readonly bad_rows: number;
  readonly bad: readonly BadRow[];
  readonly warnings: readonly string[];
  readonly error?: ErrorSummary;
}
