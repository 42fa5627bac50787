import type { ErrorSummary } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Change } from '../model/node.ts';
import type { Counts, ExtractorReport } from '../model/report.ts';

/** Counts what one extractor does, and reports it. */
export class Tally {
  readonly #extractor: AnyExtractor;
  readonly #warnings: string[] = [];
  readonly #actions = { insert: 0, update: 0, unchanged: 0 };
  #read = 0;
  #skipped = 0;

  constructor(extractor: AnyExtractor) {
    this.#extractor = extractor;
  }

  get read(): number {
    return this.#read;
  }

  countRow(): void {
    this.#read++;
  }

  countChanges(changes: readonly Change[]): void {
    for (const { action } of changes) this.#actions[action]++;
  }

  countSkipped(rows: number, reason: string): void {
    this.#skipped += rows;
    this.warn(`${rows} ${rows === 1 ? 'row' : 'rows'} skipped: ${reason}`);
  }

  warn(warning: string): void {
    this.#warnings.push(warning);
  }

  report(status: ExtractorReport['status'], error?: ErrorSummary): ExtractorReport {
    return {
      name: this.#extractor.name,
      subtype: this.#extractor.subtype,
      status,
      mode: 'full',
      read: this.#read,
      inserted: this.#actions.insert,
      updated: this.#actions.update,
      unchanged: this.#actions.unchanged,
      skipped: this.#skipped,
      warnings: this.#warnings,
      ...(error && { error }),
    };
  }
}

/** The sums of counts. */
export function addUp(reports: readonly Counts[]): Counts {
  const sum = (count: keyof Counts) => reports.reduce((total, report) => total + report[count], 0);
  return {
    read: sum('read'),
    inserted: sum('inserted'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    skipped: sum('skipped'),
  };
}
