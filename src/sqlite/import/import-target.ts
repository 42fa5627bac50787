import type { ExchangeRow } from '../../model/exchange.ts';
import type { ImportTarget, RowOutcome } from '../../model/import.ts';
import type { WriteTransactions } from '../store/write-transactions.ts';
import type { Sealer } from '../target/sealer.ts';
import type { ImportPlanner } from './import-planner.ts';
import { faultOfRefusal } from './row-refusal.ts';

const ROWS_BETWEEN_CLOCK_READINGS = 16;

/** What rows are imported with. */
export interface ImportShop {
  readonly planner: ImportPlanner;
  readonly sealer: Sealer;
  readonly transactions: WriteTransactions;
  readonly close: () => void;
}

/** That the table of a row does not take it; which one of the rows that is. */
class RowRefused extends Error {
  readonly at: number;

  constructor(at: number, fault: string, cause: unknown) {
    super(fault, { cause });
    this.at = at;
  }
}

function applyOrRefuse({ table }: ExchangeRow, apply: () => void, at: number): void {
  try {
    apply();
  } catch (error) {
    const fault = faultOfRefusal(table, error);
    throw fault === undefined ? error : new RowRefused(at, fault, error);
  }
}

/** Imports rows into an org.db, in transactions that keep nobody waiting for long. */
export class SqliteImportTarget implements ImportTarget {
  readonly #shop: ImportShop;

  constructor(shop: ImportShop) {
    this.#shop = shop;
  }

  get breach(): string | undefined {
    return this.#shop.sealer.breach;
  }

  async write(rows: readonly ExchangeRow[]): Promise<readonly RowOutcome[]> {
    try {
      return await this.#shop.transactions.run(
        () => this.#writeFirst(rows),
        (outcomes) => outcomes.length,
      );
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      // All was undone: the rows before it come in without it.
      return error.at === 0 ? [{ fault: error.message }] : this.write(rows.slice(0, error.at));
    }
  }

  close(): void {
    const { planner, transactions, close } = this.#shop;
    planner.seen.close();
    transactions.close();
    close();
  }

  #writeFirst(rows: readonly ExchangeRow[]): readonly RowOutcome[] {
    const { planner, sealer, transactions } = this.#shop;
    const started = performance.now();
    planner.forgetTouched();
    const outcomes: RowOutcome[] = [];
    for (const row of rows) {
      const planned = planner.plan(row);
      if (planned.fault === undefined) applyOrRefuse(row, planned.apply, outcomes.length);
      outcomes.push(planned.fault === undefined ? { outcome: planned.outcome } : { fault: planned.fault });
      const isLate = performance.now() - started > transactions.budgetMs;
      if (outcomes.length % ROWS_BETWEEN_CLOCK_READINGS === 0 && isLate) break;
    }
    const touched = planner.touched();
    if (touched !== undefined) sealer.seal(touched);
    return outcomes;
  }
}
