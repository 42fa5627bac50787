import type { ExchangeRow } from '../../model/exchange.ts';
import type { ImportOutcome } from '../../model/import.ts';

/** What importing a row would do, and the doing of it within a transaction; or why it cannot come in. */
export type PlannedRow =
  | { readonly outcome: ImportOutcome; readonly apply: () => void; readonly fault?: never }
  | { readonly fault: string; readonly outcome?: never; readonly apply?: never };

/** Plans the import of the rows of one table. */
export interface RowPlanner {
  plan(row: ExchangeRow): PlannedRow;
}

/** Nothing is to be done. */
export const UNCHANGED: PlannedRow = { outcome: 'unchanged', apply: () => {} };
