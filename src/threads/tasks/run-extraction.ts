import { setImmediate } from 'node:timers/promises';
import { exitCodeOf } from '../../engine/run.ts';
import { selectExtractors } from '../../extractors/select.ts';
import { extract } from '../../jobs/extract.ts';
import { knownExtractors } from '../../jobs/known-extractors.ts';
import { knownHooks } from '../../jobs/known-hooks.ts';
import { knownLinkers } from '../../jobs/known-linkers.ts';
import { AuditError, type ErrorSummary } from '../../model/errors.ts';
import type { RunReport } from '../../model/report.ts';
import { reportJson } from '../../render/json.ts';
import { type RunNews, runNews } from '../../render/run-news.ts';
import type { TaskShop } from '../task.ts';

/** Which run is wanted; what is undefined is as the settings have it. */
export interface RunOrder {
  readonly full: boolean;
  readonly dryRun: boolean;
  readonly wantsEdges: boolean | undefined;
  readonly only: readonly string[] | undefined;
  readonly skip: readonly string[] | undefined;
}

/** What came of a run: `partial` where an extractor failed and others did not. */
export interface RunOutcome {
  readonly state: 'done' | 'partial' | 'interrupted' | 'failed';
  /** That of the command line, as JSON on one line. */
  readonly report: string;
  /** What ended it. */
  readonly error: ErrorSummary | undefined;
}

/** Runs an extraction as the command line does, and tells how far it is. Throws where it cannot begin. */
export async function runExtraction(order: RunOrder, { desk, signal, note }: TaskShop<RunNews>): Promise<RunOutcome> {
  const { settings } = desk;
  const { source, errorStatuses, trail } = settings;
  if (source === undefined) {
    const hint = 'start the server anew with --source PATH, or run audit-extract run beside it';
    throw new AuditError('source-not-found', 'this server was told of no source that a run could read', hint);
  }
  const { full, dryRun, wantsEdges = settings.wantsEdges, only = settings.only, skip = settings.skip } = order;
  const extractors = selectExtractors(await knownExtractors(settings), only, skip);
  const events = extract({
    ...settings,
    ...{ source, extractors, full, dryRun, signal },
    settings: { errorStatuses },
    edges: wantsEdges ? { linkers: await knownLinkers(settings), trail } : undefined,
    hooks: await knownHooks(settings),
    clock: Date.now,
  });
  for await (const event of events) {
    if (event.type === 'run-finished') return outcomeOf(event.report);
    const news = runNews(event);
    if (news !== undefined) note(news);
    // Orders get their turn here: SQLite keeps the event loop of the thread to itself.
    await setImmediate();
  }
  throw new Error('the run ended without a report');
}

function outcomeOf(report: RunReport): RunOutcome {
  const { error } = report;
  const ended = error?.code.startsWith('interrupted-') ? 'interrupted' : 'failed';
  const state = error === undefined ? (exitCodeOf(report) === 0 ? 'done' : 'partial') : ended;
  return { state, report: reportJson(report), error };
}
