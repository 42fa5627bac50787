import { run } from '../engine/run.ts';
import type { RunEvent } from '../engine/run-event.ts';
import { builtinExtractors } from '../extractors/index.ts';
import { AuditError, type ErrorSummary, summarizeError } from '../model/errors.ts';
import type { AnyExtractor, ExtractorSettings } from '../model/extractor.ts';
import type { RunReport } from '../model/report.ts';
import type { Source } from '../model/source.ts';
import { openTarget, openTargetForDryRun } from '../sqlite/open-target.ts';
import { openSource } from '../sqlite/source.ts';
import { openStaging } from '../sqlite/staging.ts';
import { checkPaths } from './check-paths.ts';

/** Everything a run depends on. Paths are absolute; the extractors are those to run, in order. */
export interface ExtractJob {
  readonly source: string;
  readonly target: string;
  readonly extractors: readonly AnyExtractor[];
  readonly settings: ExtractorSettings;
  readonly batchSize: number;
  /** Row ids in one window, at the most; the default is a million. */
  readonly windowRows?: number;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Reads the time, in milliseconds since 1970. */
  readonly clock: () => number;
}

/**
 * The main job: opens source and target, runs the extractors, closes both. Throws an `AuditError` where no run could
 * begin; from then on everything is in the report, which is the last event and comes when both files are closed.
 */
export async function* extract(job: ExtractJob): AsyncGenerator<RunEvent, void> {
  checkPaths(job.source, job.target);
  const source = openSource(job.source, job.windowRows);
  let report: RunReport;
  let failure: ErrorSummary | undefined;
  try {
    requireTables(source, job.extractors);
    const startedAt = job.clock();
    const target = openTargetOf(job, source, startedAt);
    try {
      report = yield* run({ ...job, source, target, openStaging, startedAt });
    } finally {
      failure = failureOf(() => target.close());
    }
  } finally {
    source.close();
  }
  yield { type: 'run-finished', report: failure && !report.error ? { ...report, error: failure } : report };
}

/** A close that fails must not take the report of the work with it. */
function failureOf(action: () => void): ErrorSummary | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return summarizeError(error);
  }
}

/** A target is made, or made ready, only for a run that can write to it. */
function openTargetOf(job: ExtractJob, source: Source, startedAt: number) {
  const able = job.extractors.filter(
    (extractor) => source.hasTable(extractor.table) && source.missingColumns(extractor).length === 0,
  );
  return job.dryRun || able.length === 0
    ? openTargetForDryRun(job.target, able)
    : openTarget(job.target, able, new Date(startedAt).toISOString());
}

function requireTables(source: Source, extractors: readonly AnyExtractor[]): void {
  const tables = [...new Set([...builtinExtractors, ...extractors].map(({ table }) => table))];
  if (tables.some((table) => source.hasTable(table))) return;
  throw new AuditError(
    'source-without-tables',
    `source ${source.path} has none of the tables ${tables.join(', ')}`,
    'is it a sessions.db? Name another one with --source',
  );
}
