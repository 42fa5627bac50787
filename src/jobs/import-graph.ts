import { setImmediate } from 'node:timers/promises';
import { recordCleaner } from '../engine/clean-record.ts';
import { openExchangeFile } from '../exchange/open-exchange-file.ts';
import { ImportTally } from '../graph/import-tally.ts';
import { AuditError, summarizeError } from '../model/errors.ts';
import type { ExchangeRow } from '../model/exchange.ts';
import type { ExchangeFile, LinePlace } from '../model/exchange-file.ts';
import type { ImportReport, ImportTarget } from '../model/import.ts';
import type { RedactionSettings, Redactor } from '../model/redaction.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import type { ImportOpening } from '../sqlite/import/import-opening.ts';
import { openImportJudge } from '../sqlite/import/open-import-judge.ts';
import { openImportTarget } from '../sqlite/import/open-import-target.ts';
import { acquireRunLock } from '../sqlite/target/run-lock.ts';
import { checkTargetPath, requireFileTarget } from './check-paths.ts';
import { checkedLines } from './checked-lines.ts';
import { currentUser } from './current-user.ts';
import type { GraphJob } from './graph-job.ts';
import { packageVersion } from './package-version.ts';

/** Which file is imported into which graph, which is made where there is none. Paths are absolute. */
export interface ImportJob extends GraphJob {
  readonly file: string;
  readonly dryRun: boolean;
  /** Import the other rows where some cannot come in. */
  readonly skipBad: boolean;
  /** How secrets are kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings | undefined;
}

/** Rows that are handed on together, and how much text of them is held at once. */
const ROWS_AT_ONCE = 500;
const MOST_CHARACTERS = 4_000_000;

/**
 * Imports a file: all of it is looked at before anything is written, and where a row cannot come in nothing is, unless such
 * rows are to be skipped. One that is ended midway leaves whole batches, and is completed by the next.
 */
export async function importGraph(job: ImportJob): Promise<ImportReport> {
  requireFileTarget(job.target, 'import', 'extract into the server with audit-extract run');
  checkTargetPath(job.target);
  const redactor = createRedactor(job.redaction ?? RECOMMENDED);
  const file = await openExchangeFile(job.file);
  try {
    const judged = await judgeAll(job, file, redactor);
    const { tally } = judged;
    const isRefused = tally.badRows > 0 && !job.skipBad;
    if (isRefused || job.dryRun || tally.changes === 0) return reportOf(job, judged, isRefused && refusal(job, tally));
    const written = await writeAll(job, file, redactor);
    return reportOf(job, { ...written, warnings: [...judged.warnings, ...written.warnings] }, false);
  } finally {
    file.close();
  }
}

/** What came, or would come, of a file. */
interface Imported {
  readonly tally: ImportTally;
  readonly warnings: readonly string[];
}

async function judgeAll(job: ImportJob, file: ExchangeFile, redactor: Redactor): Promise<Imported> {
  const tally = new ImportTally();
  const judge = openImportJudge(openingOf(job, redactor));
  try {
    for await (const line of checkedLines(file, redactor, job.signal)) {
      if (line.fault !== undefined) {
        tally.addBad(line, line.fault, undefined);
        continue;
      }
      const outcome = judge.judge(line.row);
      if (outcome.fault === undefined) tally.add(line.row.table, outcome);
      else tally.addBad(line, outcome.fault, line.row.table);
    }
    const ignored = judge.ignoredColumns.map((column) =>
      redactor.clean(`the graph has no column ${column}, which was left out`),
    );
    return { tally, warnings: ignored };
  } finally {
    judge.close();
  }
}

/** Rows that are looked at once more as they are written: others may have changed the graph, or the file, meanwhile. */
async function writeAll(job: ImportJob, file: ExchangeFile, redactor: Redactor): Promise<Imported> {
  const tally = new ImportTally();
  const lock = await acquireRunLock(job.target, { waitMs: job.waitMs ?? 0, signal: job.signal });
  try {
    const target = await openImportTarget(openingOf(job, redactor));
    try {
      const batch = new Batch(job, target, tally);
      for await (const line of checkedLines(file, redactor, job.signal)) {
        if (line.fault === undefined) await batch.add(line, line.row);
        else if (job.skipBad) tally.addBad(line, line.fault, undefined);
        else throw changedMeanwhile(line, line.fault);
      }
      await batch.write();
      return { tally, warnings: target.breach === undefined ? [] : [breachWarning(target.breach)] };
    } finally {
      target.close();
    }
  } finally {
    await lock.release();
  }
}

/** Rows on their way into a graph. */
class Batch {
  readonly #job: ImportJob;
  readonly #target: ImportTarget;
  readonly #tally: ImportTally;
  #rows: { readonly place: LinePlace; readonly row: ExchangeRow }[] = [];
  #characters = 0;

  constructor(job: ImportJob, target: ImportTarget, tally: ImportTally) {
    this.#job = job;
    this.#target = target;
    this.#tally = tally;
  }

  async add(place: LinePlace, row: ExchangeRow): Promise<void> {
    this.#rows.push({ place, row });
    for (const value of row.values) if (typeof value === 'string') this.#characters += value.length;
    if (this.#rows.length >= ROWS_AT_ONCE || this.#characters > MOST_CHARACTERS) await this.write();
  }

  async write(): Promise<void> {
    while (this.#rows.length > 0) {
      const outcomes = await this.#target.write(this.#rows.map(({ row }) => row));
      for (const [at, outcome] of outcomes.entries()) {
        const { place, row } = this.#rows[at] ?? {};
        if (place === undefined || row === undefined) throw new Error('a row was written that was not given');
        if (outcome.fault === undefined) this.#tally.add(row.table, outcome);
        else if (this.#job.skipBad) this.#tally.addBad(place, outcome.fault, row.table);
        else throw changedMeanwhile(place, outcome.fault);
      }
      this.#rows.splice(0, outcomes.length);
      // Signals are heard between two transactions.
      await setImmediate();
    }
    this.#characters = 0;
  }
}

function openingOf(job: ImportJob, redactor: Redactor): ImportOpening {
  return {
    path: job.target,
    actor: job.actor ?? currentUser(),
    program: `audit-extract ${packageVersion()}`,
    origin: { subtype: 'imported', table: 'kg_nodes' },
    cleaner: recordCleaner(redactor),
    hooks: job.hooks ?? [],
    patience: { waitMs: job.waitMs ?? 0, signal: job.signal },
    clock: () => new Date(job.clock()).toISOString(),
  };
}

function reportOf(job: ImportJob, { tally, warnings }: Imported, error: AuditError | false): ImportReport {
  const told = tally.told();
  const isNothingDone = error !== false && !job.dryRun;
  return {
    schema: 'audit-extract/import@1',
    dry_run: job.dryRun,
    file: { path: job.file },
    target: { path: job.target },
    ...told,
    ...(isNothingDone && { inserted: 0, updated: 0, unchanged: 0, skipped: 0, tables: [] }),
    warnings,
    ...(error !== false && { error: summarizeError(error) }),
  };
}

function refusal({ file }: ImportJob, { badRows }: ImportTally): AuditError {
  const rows = badRows === 1 ? 'a row' : `${badRows} rows`;
  const message = `${file} has ${rows} that cannot come in, so nothing was imported`;
  return new AuditError('import-refused', message, 'mend what is listed, or leave it out with --skip-bad');
}

function changedMeanwhile({ file, line }: LinePlace, fault: string): AuditError {
  const message = `${file}:${line}: ${fault}; when the import began that was not to be seen`;
  return new AuditError('import-refused', message, 'run again; what came in before stays, and is not imported twice');
}

const breachWarning = (breach: string): string =>
  `somebody wrote past this program: ${breach}; the chain of seals says so from now on`;
