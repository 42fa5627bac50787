import type { ExchangeTable } from '../model/exchange.ts';
import type { LinePlace } from '../model/exchange-file.ts';
import type { BadRow, ImportCounts, ImportOutcome, ImportReport, RowOutcome } from '../model/import.ts';
import { firstCodePoints } from '../model/text.ts';

/** So many rows that cannot come in are told of, and so much of what is wrong with each. */
const TOLD = 100;
const LONGEST_MESSAGE = 500;

type Counts = Record<ImportOutcome | 'skipped', number>;

const noCounts = (): Counts => ({ inserted: 0, updated: 0, unchanged: 0, skipped: 0 });

/** Counts what becomes of rows. */
export class ImportTally {
  readonly #tables = new Map<string, Counts>();
  readonly #bad: BadRow[] = [];
  #badRows = 0;

  /** How many rows cannot come in. */
  get badRows(): number {
    return this.#badRows;
  }

  /** How many rows change the graph. */
  get changes(): number {
    const { inserted, updated } = this.counts();
    return inserted + updated;
  }

  add(table: ExchangeTable, { outcome }: Extract<RowOutcome, { readonly fault?: never }>): void {
    this.#of(table)[outcome]++;
  }

  /** Counts a row that cannot come in; `table` is that of the row, where it is known. */
  addBad({ file, line }: LinePlace, fault: string, table: ExchangeTable | undefined): void {
    this.#badRows++;
    if (this.#bad.length < TOLD) this.#bad.push({ file, line, message: firstCodePoints(fault, LONGEST_MESSAGE) });
    this.#of(table ?? 'unknown').skipped++;
  }

  counts(): ImportCounts {
    const sum = noCounts();
    for (const counts of this.#tables.values()) {
      for (const name of ['inserted', 'updated', 'unchanged', 'skipped'] as const) sum[name] += counts[name];
    }
    return sum;
  }

  /** What a report tells of it. */
  told(): Pick<ImportReport, 'tables' | 'bad_rows' | 'bad' | keyof ImportCounts> {
    const tables = [...this.#tables].map(([table, counts]) => ({ table, ...counts }));
    return { ...this.counts(), tables, bad_rows: this.#badRows, bad: this.#bad };
  }

  #of(table: string): Counts {
    const known = this.#tables.get(table);
    if (known !== undefined) return known;
    const counts = noCounts();
    this.#tables.set(table, counts);
    return counts;
  }
}
