import { askGraph } from '../jobs/ask-graph.ts';
import { readStatistics } from '../jobs/statistics.ts';
import { AuditError } from '../model/errors.ts';
import { parseView } from '../model/statistics-question.ts';
import { parseTimeRange } from '../model/time-range.ts';
import { statisticsAnswer } from '../render/statistics.ts';
import { answerAction } from './answer-action.ts';
import type { StatsFlags } from './commands/stats.ts';
import { failureStatuses } from './failure-statuses.ts';
import type { Io } from './io.ts';
import { resolveSettings } from './run-settings.ts';
import type { Screen } from './screen.ts';
import { flagOf } from './setting-layers.ts';
import { parseWholeNumber } from './whole-number.ts';

const MOST_ROWS = 10_000;

/** `audit-extract stats`. Gives the exit code. */
export function statsAction(flags: StatsFlags, io: Io, screen: Screen): Promise<number> {
  return answerAction('stats', flags, io, screen, async ({ target, source, origin }, layers) => {
    const view = parseView(flags, flagOf);
    requireUnfiltered(flags);
    const settings = resolveSettings(layers);
    const { redaction, waitMs } = settings;
    const { tool, errorType, rates } = flags;
    const limit = flags.limit === undefined ? undefined : parseLimit(flags.limit);
    const report = await readStatistics({
      ...{
        ask: askGraph(target, io.signal),
        source,
        origin,
        view,
        limit,
        statuses: failureStatuses(settings, flags),
        redaction,
        waitMs,
      },
      filter: { tool, errorType, ...parseTimeRange(flags, io.clock(), flagOf) },
      wantsRates: rates === true,
      namesSource: flags.source !== undefined,
      signal: io.signal,
    });
    return statisticsAnswer(report);
  });
}

const parseLimit = (value: string): number => parseWholeNumber('--limit', value, { from: 1, to: MOST_ROWS, usual: 1 });

function requireUnfiltered({ rates, tool, errorType, since, until }: StatsFlags): void {
  if (!rates || [tool, errorType, since, until].every((value) => value === undefined)) return;
  const message = '--rates counts the whole source, so --tool, --error-type, --since and --until do not go with it';
  throw new AuditError('usage', message, 'leave out one or the other');
}
