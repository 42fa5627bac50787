import { readStatistics as count, type StatisticsJob } from '../../jobs/statistics.ts';
import { statisticsAnswer } from '../../render/statistics.ts';
import { answerText } from '../answer-text.ts';
import type { TaskShop } from '../task.ts';

/** Tells what there is of errors, sessions and tasks, as `stats` does; the source is left alone. */
export async function readStatistics(
  question: Pick<StatisticsJob, 'view' | 'filter' | 'limit'>,
  { desk, signal }: TaskShop<never>,
): Promise<string> {
  const { errorStatuses, redaction, waitMs } = desk.settings;
  const report = await count({
    ...question,
    ...{ ask: desk.ask, source: undefined, wantsRates: false, namesSource: false },
    ...{ statuses: { errorStatuses, isAsked: false }, redaction, waitMs, signal },
  });
  return answerText(statisticsAnswer(report));
}
