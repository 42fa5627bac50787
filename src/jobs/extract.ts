import { recordCleaner } from '../engine/clean-record.ts';
import { throwIfInterrupted } from '../engine/interrupt.ts';
import { parsePlan } from '../engine/plan-digest.ts';
import { run } from '../engine/run.ts';
import type { RunEvent } from '../engine/run-event.ts';
import { loadedModules } from '../extractors/extractor-module.ts';
import { withOriginAll } from '../extractors/with-origin.ts';
import { warnOfTrail } from '../graph/choose-trail.ts';
import { type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { GraphDatabase, RunLock } from '../model/graph-database.ts';
import type { Linker } from '../model/linker.ts';
import type { Patience } from '../model/patience.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import type { RunReport } from '../model/report.ts';
import type { Source } from '../model/source.ts';
import type { Target } from '../model/target.ts';
import { createRedactor, RECOMMENDED } from '../redaction/create-redactor.ts';
import { requireOpenable } from '../sqlite/check-files.ts';
import { openSourceWhenFree } from '../sqlite/source/source.ts';
import { openStaging } from '../sqlite/source/staging.ts';
import { requireSourceFile } from './check-paths.ts';
import { edgeOpening } from './edge-opening.ts';
import { flushReaderOf } from './flush-reader.ts';
import type { GraphJob } from './graph-job.ts';
import { linkOf } from './link-of.ts';
import { openDatabase } from './open-database.ts';
import { packageVersion } from './package-version.ts';
import { requireTables } from './require-tables.ts';

/** Everything a run depends on. Paths are absolute; the extractors are those to run, in order. */
export interface ExtractJob extends GraphJob {
  readonly source: string;
  readonly extractors: readonly AnyExtractor[];
  readonly settings: ExtractorSettings;
  /** How secrets are kept out; by the recommended rules unless given. */
  readonly redaction?: RedactionSettings | undefined;
  readonly batchSize: number;
  /** Row ids in one window, at the most; 100,000 unless given. */
  readonly windowRows?: number;
  /** How long to wait for another run that writes the target, in milliseconds; the default is not to wait. */
  readonly waitMs?: number | undefined;
  readonly dryRun: boolean;
  /** Derive everything anew. */
  readonly full?: boolean;
  /** Take the source as it is, whatever it has forgotten or become. */
  readonly acceptSource?: boolean;
  /** Remove nodes whose ids a change of the rules for secrets has replaced. */
  readonly retire?: boolean;
  /** How edges are made together with nodes; none are unless given. */
  readonly edges?: EdgeSettings | undefined;
  /** The plan of a dry run, which must still hold. */
  readonly plan?: string | undefined;
}

/** Which edges are made, and on which trail events hang; the graph's own unless named. */
export interface EdgeSettings {
  readonly linkers: readonly Linker[];
  readonly trail?: string | undefined;
}

/**
 * The main job: opens source and target, runs the extractors, closes both. Throws an `AuditError` where no run could
 * begin; from then on everything is in the report, which is the last event and comes when both files are closed.
 */
export async function* extract(job: ExtractJob): AsyncGenerator<RunEvent, void> {
  const database = await openDatabase(job.target, job.origin, job.signal);
  let report: RunReport;
  try {
    report = yield* extractInto(database, job);
  } finally {
    await database.close();
  }
  yield { type: 'run-finished', report };
}

async function* extractInto(database: GraphDatabase, given: ExtractJob): AsyncGenerator<RunEvent, RunReport> {
  const job = { ...given, extractors: withOriginAll(given.extractors, given.origin) };
  requireOpenable(job.source, 'source');
  requireSourceFile(job.source);
  await database.requireWritable(job.source);
  const plan = job.plan === undefined ? undefined : parsePlan(job.plan, job.extractors);
  const { redaction = RECOMMENDED } = job;
  const opening = { ...job, redactor: createRedactor(redaction) };
  const source = await untilInterrupted(job, (patience) => openSourceWhenFree(job.source, opening, patience));
  let report: RunReport;
  let failure: ErrorSummary | undefined;
  try {
    requireTables(source, job.extractors);
    const able = ableOf(job, source);
    const lock = await lockOf(database, job, able);
    try {
      // Not before the lock is ours: what we write must not look older than what the run before us wrote.
      const startedAt = job.clock();
      const target = await openTargetOf(database, job, able, startedAt);
      try {
        const { full = false, acceptSource = false, retire = false } = job;
        const openFlushes = flushReaderOf(
          { source, openStaging },
          { windowRows: job.windowRows, waitMs: job.waitMs, kept: target.keptFields, redaction },
        );
        const ofTrail = target.links ? await warnOfTrail(target.links.trails, job.edges?.trail) : [];
        report = yield* run({
          ...job,
          origin: job.origin,
          modules: loadedModules(job.extractors),
          full,
          acceptSource,
          retire,
          plan,
          source,
          target,
          openStaging,
          openFlushes,
          startedAt,
          link: await linkOf(job.edges, target, startedAt),
        });
        if (ofTrail.length > 0) report = { ...report, warnings: [...(report.warnings ?? []), ...ofTrail] };
      } finally {
        failure = await failureOf(() => target.close());
      }
    } finally {
      await lock?.release();
    }
  } finally {
    source.close();
  }
  return failure && !report.error ? { ...report, error: failure } : report;
}

/** A close that fails must not take the report of the work with it. */
async function failureOf(action: () => Promise<void>): Promise<ErrorSummary | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return summarizeError(error);
  }
}

/** The extractors that the source can serve. */
function ableOf(job: ExtractJob, source: Source): readonly AnyExtractor[] {
  return job.extractors.filter(
    (extractor) =>
      source.hasTable(extractor.table) && source.missingColumns(extractor.table, extractor.columns).length === 0,
  );
}

const canWrite = (job: ExtractJob, able: readonly AnyExtractor[]): boolean => !job.dryRun && able.length > 0;

/** The lock of the target, for a run that can write to it. */
async function lockOf(
  database: GraphDatabase,
  job: ExtractJob,
  able: readonly AnyExtractor[],
): Promise<RunLock | undefined> {
  if (!canWrite(job, able)) return undefined;
  return untilInterrupted(job, (patience) => database.acquireRunLock(patience));
}

/** A wait that ends early fails as any interruption does. */
async function untilInterrupted<Result>(
  { waitMs = 0, signal }: ExtractJob,
  wait: (patience: Patience) => Promise<Result>,
): Promise<Result> {
  try {
    return await wait({ waitMs, signal });
  } catch (error) {
    throwIfInterrupted(signal);
    throw error;
  }
}

/** A target is made, or made ready, only for a run that can write to it. */
async function openTargetOf(
  database: GraphDatabase,
  job: ExtractJob,
  able: readonly AnyExtractor[],
  startedAt: number,
): Promise<Target> {
  const opening = {
    origins: able,
    now: new Date(startedAt).toISOString(),
    program: `audit-extract ${packageVersion()}`,
    cleaner: recordCleaner(createRedactor(job.redaction ?? RECOMMENDED)),
    hooks: job.hooks ?? [],
    isRun: true,
    edges: job.edges && edgeOpening(job.edges),
    patience: { waitMs: job.waitMs ?? 0, signal: job.signal },
  };
  return canWrite(job, able) ? database.openTarget(opening) : database.openTargetForDryRun(opening);
}
