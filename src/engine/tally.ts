import type { ErrorSummary } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { sumOfLinks } from '../model/link-tally.ts';
import type { LinkCounts } from '../model/linker.ts';
import type { Change } from '../model/node.ts';
import type { Counts, ExtractorReport } from '../model/report.ts';
import type { Derivation } from './derivation.ts';
import type { NotFolded } from './folding.ts';

/** Counts what one extractor does, and reports it. */
export class Tally {
  readonly #extractor: AnyExtractor;
  readonly #warnings: string[] = [];
  readonly #skips = new Map<string, number>();
  readonly #actions = { insert: 0, update: 0, unchanged: 0 };
  #derivation: Derivation | undefined;
  #deleted = 0;
  #vetoed = 0;
  #retired = 0;
  #read = 0;
  #links: LinkCounts | undefined;

  constructor(extractor: AnyExtractor) {
    this.#extractor = extractor;
  }

  get read(): number {
    return this.#read;
  }

  get inserted(): number {
    return this.#actions.insert;
  }

  get skipped(): number {
    return [...this.#skips.values()].reduce((total, rows) => total + rows, 0);
  }

  /** Notes how the nodes are derived. */
  note(derivation: Derivation): void {
    this.#derivation = derivation;
    for (const warning of derivation.warnings) this.warn(warning);
  }

  countRows(rows: number): void {
    this.#read += rows;
  }

  /** A node counts once in a run: as changed, if any of its flushes changed it. */
  countChanges(changes: readonly Change[]): void {
    for (const { action, again, isDeleted, isVetoed } of changes) {
      if (isVetoed === true) {
        if (again === undefined) this.#vetoed++;
        continue;
      }
      if (again === undefined) this.#actions[action]++;
      if (again === undefined && isDeleted === true) this.#deleted++;
      if (again !== 'unchanged' || action === 'unchanged') continue;
      this.#actions.unchanged--;
      this.#actions[action]++;
    }
  }

  /** Nodes that are known to be as they were. */
  countUnchanged(nodes: number): void {
    this.#actions.unchanged += nodes;
  }

  /** What became of edges. */
  get links(): LinkCounts | undefined {
    return this.#links;
  }

  countLinks(counts: LinkCounts | undefined): void {
    this.#links = sumOfLinks(this.#links, counts);
  }

  countDropped(rows: number): void {
    this.countSkipped('an earlier row has the same id', rows);
  }

  countNotFolded({ skips, dropped }: NotFolded): void {
    for (const [reason, rows] of skips) this.countSkipped(reason, rows);
    this.countDropped(dropped);
  }

  countSkipped(reason: string, rows: number): void {
    if (rows > 0) this.#skips.set(reason, (this.#skips.get(reason) ?? 0) + rows);
  }

  /** Nodes that were deleted, as their rows are gone. */
  countRetired(nodes: number): void {
    this.#retired += nodes;
  }

  warn(warning: string): void {
    this.#warnings.push(warning);
  }

  report(status: ExtractorReport['status'], error?: ErrorSummary): ExtractorReport {
    const skips = [...this.#skips].map(([reason, rows]) => `${rows} ${rows === 1 ? 'row' : 'rows'} skipped: ${reason}`);
    const derivation = this.#derivation;
    return {
      name: this.#extractor.name,
      subtype: this.#extractor.subtype,
      status,
      mode: derivation !== undefined && derivation.reason === undefined ? 'incremental' : 'full',
      ...(derivation?.reason !== undefined && { reason: derivation.reason }),
      read: this.#read,
      inserted: this.#actions.insert,
      updated: this.#actions.update,
      unchanged: this.#actions.unchanged,
      skipped: this.skipped,
      pruned: derivation?.pruned ?? false,
      warnings: [...this.#warnings, ...skips, ...warnOfDeleted(this.#deleted)],
      ...(this.#deleted > 0 && { deleted: this.#deleted }),
      ...(this.#retired > 0 && { retired: this.#retired }),
      ...(this.#vetoed > 0 && { vetoed: this.#vetoed }),
      ...(error && { error }),
    };
  }
}

function warnOfDeleted(nodes: number): readonly string[] {
  if (nodes === 0) return [];
  const [said, says, it] =
    nodes === 1
      ? ['1 node is deleted, and stays so', 'it says', 'it']
      : [`${nodes} nodes are deleted, and stay so`, 'they say', 'them'];
  return [`${said}: what ${says} was kept up to date; audit-extract undelete brings ${it} back`];
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
