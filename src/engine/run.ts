import { checkpointName, checkpointsOf } from '../model/checkpoint.ts';
import { type ErrorCode, type ErrorSummary, exitCodes, summarizeError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { sumOfLinks } from '../model/link-tally.ts';
import type { SecretCounts } from '../model/redaction.ts';
import type { ExtractorReport, LoadedModule, RunReport } from '../model/report.ts';
import { cleanId } from './clean-id.ts';
import { cleanSummary } from './clean-report.ts';
import { edgeReport } from './edge-report.ts';
import { requireNewOrigin } from './origin-guard.ts';
import { PlanDigest, staleError } from './plan-digest.ts';
import type { RunEvent } from './run-event.ts';
import { requireKnownSource } from './source-identity.ts';
import { addUp } from './tally.ts';
import { withUnlinked } from './with-unlinked.ts';
import { Work } from './work.ts';
import type { Workshop } from './workshop.ts';

/** What to run, and with what. */
export interface RunOptions extends Workshop {
  readonly extractors: readonly AnyExtractor[];
  /** What the source is called among several of one graph; undefined where the graph's ids do not tell. */
  readonly origin: string | undefined;
  /** Those of them that come from outside. */
  readonly modules: readonly LoadedModule[];
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
  'hook-failed',
]);

/**
 * Prepares all extractors, then writes one after the other, last those whose rows a thread reads meanwhile. So what is
 * refused is refused before anything is written. It does not throw: what fails stands in the report, with the extractor it
 * befell, and with the run when nothing came of it or nothing could follow.
 */
export async function* run(options: RunOptions): AsyncGenerator<RunEvent, RunReport> {
  const works = options.extractors.map((extractor) => new Work(extractor, options));
  const plan = new PlanDigest();
  try {
    let fatal: ErrorSummary | undefined;
    const attempt = async function* (work: Work, action: () => AsyncGenerator<RunEvent, void> | Promise<void>) {
      try {
        const going = action();
        if ('next' in going) yield* going;
        else await going;
      } catch (thrown) {
        const error = work.fail(thrown);
        yield { type: 'failed', extractor: work.name, error } as const;
        if (!CONFINED.has(error.code)) fatal ??= cleanSummary(summarizeError(error), options.source.redactor);
      }
    };
    fatal = await strangenessOf(options);
    for (const work of works) {
      yield { type: 'extractor-started', extractor: work.name };
      if (fatal === undefined) yield* attempt(work, () => work.prepare());
    }
    if (fatal === undefined && options.plan !== undefined) {
      const isStale = (await planOf(works)) !== options.plan.id;
      if (isStale) fatal = summarizeError(staleError());
    }
    for (const work of works.toSorted((a, b) => Number(a.isReadBeside) - Number(b.isReadBeside))) {
      if (fatal === undefined) {
        const events = attempt(work, () => work.write());
        yield* options.dryRun ? previewed(events, work, plan) : events;
      }
      // Others wait for what they retire, which is known when all are in.
      if (!options.retire) yield { type: 'extractor-finished', report: work.report() };
    }
    const hasAll = fatal === undefined && works.every(({ isIn }) => isIn);
    for (const work of works) {
      if (fatal === undefined) {
        yield* attempt(work, () => work.settle(hasAll));
      }
      if (options.retire) yield { type: 'extractor-finished', report: work.report() };
    }
    const { links } = options.target;
    const written = reportOf(works, options, fatal);
    const linked =
      options.link && links
        ? await withUnlinked(written, { links, redactor: options.source.redactor, dryRun: options.dryRun })
        : written;
    const report = await withFingerprint(await withReplaced(linked, options), options);
    const id = options.dryRun && !report.error ? plan.finish() : undefined;
    return await keepReport(id === undefined ? report : { ...report, plan: id }, options);
  } finally {
    for (const work of works) await work.close();
  }
}

/** The events of a dry run on their way, digested for its plan. */
async function* previewed(
  events: AsyncGenerator<RunEvent, void>,
  work: Work,
  plan: PlanDigest,
): AsyncGenerator<RunEvent, void> {
  work.beginPlan(plan);
  for await (const event of events) {
    if (event.type === 'batch-written') plan.add(event.changes);
    yield event;
  }
}

async function planOf(works: readonly Work[]): Promise<string | undefined> {
  const plan = new PlanDigest();
  for (const work of works) await work.addToPlan(plan);
  return plan.finish();
}

function reportOf(works: readonly Work[], options: RunOptions, fatal: ErrorSummary | undefined): RunReport {
  const { redactor } = options.source;
  const reports = works.map((work) => work.report());
  const error = fatal ?? errorOfAll(reports);
  const finishedAt = Math.max(options.clock(), options.startedAt);
  const incremental = works.map(({ isIncremental }) => isIncremental).filter((one) => one !== undefined);
  return {
    schema: 'audit-extract/run@1',
    dry_run: options.dryRun,
    mode: incremental.length > 0 && incremental.every(Boolean) ? 'incremental' : 'full',
    started_at: new Date(options.startedAt).toISOString(),
    finished_at: new Date(finishedAt).toISOString(),
    duration_ms: finishedAt - options.startedAt,
    longest_read_ms: Math.round(options.source.longestReadMs),
    longest_write_ms: Math.round(options.target.longestWriteMs),
    ...(options.origin !== undefined && { origin: options.origin }),
    source: { path: options.source.path },
    target: { path: options.target.path },
    totals: addUp(reports),
    ...(redactor.rules !== 'off' && { redacted: toRecord(redactor.takeCounts()) }),
    extractors: reports,
    ...(options.link && { edges: edgeReport(sumOfLinks(...works.map(({ links }) => links)), redactor) }),
    ...(options.modules.length > 0 && { modules: options.modules }),
    ...(options.target.breach !== undefined && { warnings: [breachWarning(options.target.breach)] }),
    ...(error && { error }),
  };
}

const breachWarning = (breach: string): string =>
  `somebody wrote past this program: ${breach}; the chain of seals says so from now on, and verify what disagrees`;

/** In the order of the kinds. */
function toRecord(counts: SecretCounts): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is wrong with the source as those know it who are left out of this run; those in it look for themselves. */
async function strangenessOf({
  extractors,
  source,
  target,
  acceptSource,
  origin,
}: RunOptions): Promise<ErrorSummary | undefined> {
  const names = extractors.map(checkpointName);
  try {
    const checkpoints = await target.readCheckpoints();
    if (acceptSource) return undefined;
    requireNewOrigin(source, origin, checkpoints);
    const others = checkpointsOf(origin, checkpoints).filter(({ extractor }) => !names.includes(extractor));
    requireKnownSource(source, others);
    return undefined;
  } catch (thrown) {
    return summarizeError(thrown);
  }
}

/** Tells of nodes under replaced ids, and removes them where that is wanted and nothing failed. */
async function withReplaced(
  report: RunReport,
  { target, source, origin, retire, dryRun }: RunOptions,
): Promise<RunReport> {
  if (report.error) return report;
  try {
    const { nodes, ids } = await target.retirement.readReplaced(origin);
    if (nodes === 0) return report;
    const retired = retire && !dryRun ? await target.retirement.retireReplaced(origin) : 0;
    const replaced = { nodes, ids: ids.map((id) => cleanId(id, source.redactor)), retired };
    return { ...report, longest_write_ms: Math.round(target.longestWriteMs), replaced };
  } catch (thrown) {
    return { ...report, error: cleanSummary(summarizeError(thrown), source.redactor) };
  }
}

/** A graph that cannot be read any more has none, and what befell it has been reported. */
async function withFingerprint(report: RunReport, { target, dryRun }: RunOptions): Promise<RunReport> {
  if (dryRun) return report;
  try {
    const { fingerprint } = await target.readDigest();
    return { ...report, fingerprint };
  } catch (thrown) {
    return { ...report, error: report.error ?? summarizeError(thrown) };
  }
}

/** Puts a live run's report into the graph's list of runs. */
async function keepReport(report: RunReport, { target, dryRun }: RunOptions): Promise<RunReport> {
  if (dryRun || (report.error && target.longestWriteMs === 0)) return report;
  try {
    await target.finishRun(report);
    return report;
  } catch (thrown) {
    return { ...report, error: report.error ?? summarizeError(thrown) };
  }
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
