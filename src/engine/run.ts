import { AuditError, type ErrorCode, type ErrorSummary, exitCodes, summarizeError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { ExtractorReport, RunReport } from '../model/report.ts';
import type { RunEvent } from './run-event.ts';
import { runExtractor, type Workshop } from './run-extractor.ts';
import { addUp, Tally } from './tally.ts';

/** What to run, and with what. */
export interface RunOptions extends Workshop {
  readonly extractors: readonly AnyExtractor[];
  readonly dryRun: boolean;
  /** Reads the time, in milliseconds since 1970. */
  readonly clock: () => number;
  /** When the run began: the one reading that nodes and report share. */
  readonly startedAt: number;
}

/** Failures of one extractor's own table or code; after any other the run cannot go on. */
const CONFINED: ReadonlySet<ErrorCode> = new Set([
  'source-column-missing',
  'source-corrupt',
  'source-failed',
  'extractor-failed',
]);

/**
 * Runs the extractors one after the other and reports. It does not throw: what fails stands in the report, with the
 * extractor it befell, and with the run when nothing came of it or nothing could follow.
 */
export async function* run(options: RunOptions): AsyncGenerator<RunEvent, RunReport> {
  const reports: ExtractorReport[] = [];
  let fatal: ErrorSummary | undefined;
  for (const extractor of options.extractors) {
    const report = yield* attempt(extractor, options, fatal);
    reports.push(report);
    yield { type: 'extractor-finished', report };
    if (report.error && !CONFINED.has(report.error.code)) fatal ??= report.error;
  }
  const error = fatal ?? errorOfAll(reports);
  const finishedAt = Math.max(options.clock(), options.startedAt);
  return {
    schema: 'audit-extract/run@1',
    dry_run: options.dryRun,
    mode: 'full',
    started_at: new Date(options.startedAt).toISOString(),
    finished_at: new Date(finishedAt).toISOString(),
    duration_ms: finishedAt - options.startedAt,
    source: { path: options.source.path },
    target: { path: options.target.path },
    totals: addUp(reports),
    extractors: reports,
    ...(error && { error }),
  };
}

async function* attempt(
  extractor: AnyExtractor,
  options: RunOptions,
  fatal: ErrorSummary | undefined,
): AsyncGenerator<RunEvent, ExtractorReport> {
  const tally = new Tally(extractor);
  if (fatal) return skipped(tally, 'not reached, because the run ended before');
  yield { type: 'extractor-started', extractor: extractor.name };
  try {
    if (!options.source.hasTable(extractor.table)) {
      return skipped(tally, `no table ${extractor.table} in ${options.source.path}`);
    }
    yield* runExtractor(extractor, options, tally);
    return tally.report('ok');
  } catch (thrown) {
    const error = toExtractorError(thrown, extractor);
    yield { type: 'failed', extractor: extractor.name, error };
    return tally.report('failed', summarizeError(error));
  }
}

function skipped(tally: Tally, why: string): ExtractorReport {
  tally.warn(why);
  return tally.report('skipped');
}

/** What an extractor's own code throws is its failure, and must not stop the others. */
function toExtractorError(thrown: unknown, { name }: AnyExtractor): AuditError {
  if (thrown instanceof AuditError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AuditError(
    'extractor-failed',
    `extractor ${name} failed: ${message}`,
    'run again with --verbose to see where',
    thrown,
  );
}

/** The run's own error when no extractor is in: a column that is gone says most about the source, so it goes first. */
function errorOfAll(reports: readonly ExtractorReport[]): ErrorSummary | undefined {
  if (reports.some(({ status }) => status === 'ok')) return undefined;
  const errors = reports.flatMap(({ error }) => (error ? [error] : []));
  return errors.find(({ code }) => code === 'source-column-missing') ?? errors[0];
}

/** The exit code of a run (SPEC section 4). */
export function exitCodeOf(report: RunReport): number {
  if (report.error) return exitCodes[report.error.code];
  return report.extractors.some(({ status }) => status === 'failed') ? 3 : 0;
}
