import { checkpointName } from '../model/checkpoint.ts';
import { AuditError, summarizeError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { interruption } from '../model/interruption.ts';
import { onlyInserted } from '../model/link-tally.ts';
import type { LinkCounts } from '../model/linker.ts';
import type { ExtractorReport } from '../model/report.ts';
import { canAppend } from './can-append.ts';
import { cleanReport } from './clean-report.ts';
import { driftWarnings } from './drift.ts';
import { payOwed } from './pay-owed.ts';
import type { PlanDigest } from './plan-digest.ts';
import { type Prepared, prepare } from './prepare.ts';
import type { RunEvent } from './run-event.ts';
import { Tally } from './tally.ts';
import type { Workshop } from './workshop.ts';
import { retires, settleGathered, writeGathered } from './write-gathered.ts';

/** One extractor's part of a run, from its first look at the source to its report. */
export class Work {
  readonly #extractor: AnyExtractor;
  readonly #workshop: Workshop;
  readonly #tally: Tally;
  #prepared: Prepared | undefined;
  #error: AuditError | undefined;
  #report: ExtractorReport | undefined;
  #state: 'waiting' | 'skipped' | 'done' = 'waiting';

  constructor(extractor: AnyExtractor, workshop: Workshop) {
    this.#extractor = extractor;
    this.#workshop = workshop;
    this.#tally = new Tally(extractor);
  }

  get name(): string {
    return this.#extractor.name;
  }

  /** Whether only new rows were read; undefined where that cannot be, or it was not known. */
  get isIncremental(): boolean | undefined {
    if (this.#prepared === undefined || !canAppend(this.#extractor, this.#workshop.source)) return undefined;
    return this.#prepared.derivation.reason === undefined;
  }

  /** Whether a thread beside this one reads for it: then others are better written first. */
  get isReadBeside(): boolean {
    return this.#prepared?.kind === 'stream' && this.#prepared.stream.isReadBeside;
  }

  async *prepare(): AsyncGenerator<RunEvent, void> {
    const { table } = this.#extractor;
    const { source, target } = this.#workshop;
    if (source.hasTable(table)) {
      this.#prepared = yield* prepare(this.#extractor, this.#workshop, this.#tally);
      return;
    }
    this.#state = 'skipped';
    const checkpoint = await target.readCheckpoint(checkpointName(this.#extractor));
    const rows = checkpoint?.counts.rows ?? 0;
    this.#tally.warn(`no table ${table} in ${source.path}${rows > 0 ? `, which gave ${rows} rows before` : ''}`);
  }

  /** Writes what was prepared, or, in a dry run, looks at what that would do. */
  async *write(): AsyncGenerator<RunEvent, void> {
    if (this.#prepared === undefined) return;
    yield* this.#writePrepared(this.#prepared, this.#workshop, this.#tally);
    yield* this.#linkOwed();
    if (this.#tally.read === 0) {
      for (const warning of driftWarnings(this.#extractor, this.#prepared.derivation, this.#workshop)) {
        this.#tally.warn(warning);
      }
    }
    this.#state = 'done';
  }

  /** Whether its part is over, and went well or had nothing to do. */
  get isIn(): boolean {
    return this.#error === undefined && this.#state !== 'waiting';
  }

  /** What waits for the end of the run, if anything does; `hasAll` says whether every extractor is in. */
  async settle(hasAll: boolean): Promise<void> {
    const prepared = this.#prepared;
    if (!this.isIn || prepared?.kind !== 'gathered' || !retires(prepared, this.#workshop)) return;
    await settleGathered(this.#extractor, prepared, this.#workshop, { tally: this.#tally, hasAll });
  }

  /** Digests what the extractor goes on from. */
  beginPlan(plan: PlanDigest): void {
    plan.begin(this.name, this.#prepared?.derivation);
  }

  /** Digests what the extractor goes on from and what writing would do. */
  async addToPlan(plan: PlanDigest): Promise<void> {
    this.beginPlan(plan);
    if (this.#prepared === undefined) return;
    const dryRun = { ...this.#workshop, dryRun: true };
    for await (const event of this.#writePrepared(this.#prepared, dryRun, new Tally(this.#extractor))) {
      if (event.type === 'batch-written') plan.add(event.changes);
    }
  }

  /** Notes that the extractor's own code, its table or the target failed it. */
  fail(thrown: unknown): AuditError {
    this.#error = toExtractorError(thrown, this.name);
    // A wait for a lock that was interrupted is an interruption.
    if (this.#error.code.endsWith('-locked') && this.#workshop.signal.aborted) {
      this.#error = interruption(this.#workshop.signal);
    }
    return this.#error;
  }

  /** The extractor's report, once its part is over. */
  report(): ExtractorReport {
    this.#report ??= cleanReport(this.#makeReport(), this.#workshop.source.redactor);
    return this.#report;
  }

  #makeReport(): ExtractorReport {
    if (this.#error !== undefined) return this.#tally.report('failed', summarizeError(this.#error));
    if (this.#state === 'waiting') this.#tally.warn('not reached, because the run ended before');
    return this.#tally.report(this.#state === 'done' ? 'ok' : 'skipped');
  }

  async close(): Promise<void> {
    if (this.#prepared?.kind === 'gathered') this.#prepared.gathering.close();
    if (this.#prepared?.kind === 'stream') await this.#prepared.stream.close();
  }

  /** What became of edges. */
  get links(): LinkCounts | undefined {
    return this.#tally.links;
  }

  /** Edges that only rows can tell. */
  async *#linkOwed(): AsyncGenerator<RunEvent, void> {
    const { source, target, link, dryRun } = this.#workshop;
    if (link === undefined || target.links === undefined || dryRun) return;
    const checkpoint = await target.readCheckpoint(checkpointName(this.#extractor));
    // The same secrets were counted before.
    const secrets = source.redactor.takeCounts();
    const shop = { ...this.#workshop, links: target.links, link };
    for await (const { counts, progress } of payOwed(this.#extractor, checkpoint, shop)) {
      this.#tally.countLinks(onlyInserted(counts));
      yield { type: 'window-read', extractor: this.name, read: this.#tally.read, progress };
    }
    source.redactor.takeCounts();
    source.redactor.count(secrets);
  }

  async *#writePrepared(prepared: Prepared, workshop: Workshop, tally: Tally): AsyncGenerator<RunEvent, void> {
    switch (prepared.kind) {
      case 'unchanged':
        return countUnchanged(prepared, tally);
      case 'stream':
        return yield* prepared.stream.write();
      case 'gathered':
        yield* writeGathered(this.#extractor, prepared, workshop, tally);
        // Whether all went well is known at the end of the run.
        if (!retires(prepared, workshop))
          await settleGathered(this.#extractor, prepared, workshop, { tally, hasAll: false });
    }
  }
}

/** Rows that are as they were count as read, and their nodes as compared. */
function countUnchanged({ derivation }: Prepared, tally: Tally): void {
  const { rows = 0, nodes = 0, skipped = 0 } = derivation.checkpoint?.counts ?? {};
  tally.countRows(rows);
  tally.countUnchanged(nodes);
  tally.countSkipped('no node could be made of them, as before', skipped);
}

/** What an extractor's own code throws is its failure, and must not stop the others. */
function toExtractorError(thrown: unknown, name: string): AuditError {
  if (thrown instanceof AuditError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const hint = 'run again with --verbose to see where';
  return new AuditError('extractor-failed', `extractor ${name} failed: ${message}`, hint, thrown);
}
