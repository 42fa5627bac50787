import { type ExchangeRow, shownValue, valueIn } from '../../model/exchange.ts';
import type { ExactRows } from './exact-rows.ts';
import { type PlannedRow, type RowPlanner, UNCHANGED } from './planned-row.ts';

/** What rows that are kept as they are are imported with. */
export interface RecordTools {
  readonly exact: ExactRows;
  /** The column that tells them apart. */
  readonly key: string;
  readonly hasRow: (key: string) => boolean;
  /** Is told that one comes in. */
  readonly touch: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Plans the import of rows that are as they are, or in contradiction to what is kept. */
export class RecordPlanner implements RowPlanner {
  readonly #tools: RecordTools;

  constructor(tools: RecordTools) {
    this.#tools = tools;
  }

  plan(row: ExchangeRow): PlannedRow {
    const { exact, key, hasRow, touch } = this.#tools;
    const value = shownValue(valueIn(row, key)) ?? '';
    if (exact.isSame(value, row, NONE)) return UNCHANGED;
    if (hasRow(value)) return { fault: `the graph keeps something else for ${value}` };
    return {
      outcome: 'inserted',
      apply: () => {
        exact.insert(row);
        touch();
      },
    };
  }
}
