import { askGraph } from '../jobs/ask-graph.ts';
import { readStatistics } from '../jobs/statistics.ts';
import { AuditError } from '../model/errors.ts';
import { STATISTIC_VIEWS, type StatisticView } from '../model/statistics.ts';
import { statisticsAnswer } from '../render/statistics.ts';
import { answerAction } from './answer-action.ts';
import type { StatsFlags } from './commands/stats.ts';
import { failureStatuses } from './failure-statuses.ts';
import type { Io } from './io.ts';
import { parseTimeRange } from './parse-date.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { badValue } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const MOST_ROWS = 10_000;

/** The flags that say of which errors; the views that each goes with, of which `undefined` is all of them at once. */
const FILTERS = {
  '--tool': ['type', 'tool', 'day', 'session'],
  '--error-type': ['type', 'tool', 'day', 'session'],
  '--rates': [undefined, 'tool'],
} as const satisfies Readonly<Record<string, readonly (StatisticView | undefined)[]>>;

/** `audit-extract stats`. Gives the exit code. */
export function statsAction(flags: StatsFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('stats', flags, io, screen, async ({ target, source }, layers) => {
    const view = parseView(flags.by);
    requireFitting(flags, view);
    const settings = resolveSettings(layers);
    const { redaction, waitMs } = settings;
    const { tool, errorType, rates } = flags;
    const limit = flags.limit === undefined ? undefined : parseLimit(flags.limit);
    const report = await readStatistics({
      ...{ ask: askGraph(target), source, view, limit, statuses: failureStatuses(settings, flags), redaction, waitMs },
      filter: { tool, errorType, ...parseTimeRange(flags, io.clock()) },
      wantsRates: rates === true,
      namesSource: flags.source !== undefined,
      signal: io.signal,
    });
    return statisticsAnswer(report);
  });
}

function parseView(value: string | undefined): StatisticView | undefined {
  if (value === undefined) return undefined;
  const view = STATISTIC_VIEWS.find((name) => name === value);
  if (view !== undefined) return view;
  throw badValue({ name: '--by', value }, `choose one of ${STATISTIC_VIEWS.join(', ')}`);
}

const parseLimit = (value: string): number => parseWholeNumber('--limit', value, { from: 1, to: MOST_ROWS, usual: 1 });

function requireFitting({ tool, errorType, rates, since, until }: StatsFlags, view: StatisticView | undefined): void {
  const given = { '--tool': tool, '--error-type': errorType, '--rates': rates };
  for (const [flag, views] of Object.entries(FILTERS)) {
    const isGiven = Object.entries(given).some(([name, value]) => name === flag && value !== undefined);
    if (!isGiven || views.some((one) => one === view)) continue;
    const beside = view === undefined ? `${flag} needs --by` : `${flag} does not go with --by ${view}`;
    const fitting = views.filter((one) => one !== undefined).join(', ');
    throw new AuditError('usage', beside, `${flag} goes with --by ${fitting}${fitting === 'tool' ? ', or alone' : ''}`);
  }
  if (rates && [tool, errorType, since, until].some((value) => value !== undefined)) {
    const message = '--rates counts the whole source, so --tool, --error-type, --since and --until do not go with it';
    throw new AuditError('usage', message, 'leave out one or the other');
  }
}
