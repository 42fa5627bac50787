import { type FailureStatuses, keptCondition } from '../engine/kept-condition.ts';
import { toolErrors } from '../extractors/tool-errors.ts';
import { withOrigin } from '../extractors/with-origin.ts';
import { checkpointName, type KeptReading } from '../model/checkpoint.ts';
import type { RedactionSettings } from '../model/redaction.ts';
import {
  type ErrorFilter,
  type StatisticsReader,
  type StatisticsReport,
  type StatisticsSection,
  type StatisticView,
  wholeDays,
} from '../model/statistics.ts';
import type { AskGraph } from './ask-graph.ts';
import { ratesAtHand } from './rates-at-hand.ts';
import { statisticsWarnings } from './statistics-warnings.ts';

/** Which statistics are wanted of which graph. Paths are absolute. */
export interface StatisticsJob {
  readonly ask: AskGraph;
  readonly source: string | undefined;
  /** Of which its rows are. */
  readonly origin?: string | undefined;
  /** All of them where undefined. */
  readonly view: StatisticView | undefined;
  readonly filter: ErrorFilter;
  /** How many rows of each part; the usual number unless given. */
  readonly limit: number | undefined;
  /** Whether calls are counted in the source, too, however many they are. */
  readonly wantsRates: boolean;
  /** Whether the source was named on purpose. */
  readonly namesSource: boolean;
  readonly statuses: FailureStatuses;
  readonly redaction: RedactionSettings;
  readonly waitMs: number | undefined;
  readonly signal: AbortSignal;
}

const OVERVIEW = ['tool', 'type', 'day', 'session', 'compaction', 'task'] as const;
const ROWS_OF_ONE = 50;
const ROWS_OF_EACH = 10;
const DAYS_OF_ALL = 14;

/** Counts what a graph, and where it is wanted its source, say of errors, sessions and tasks. */
export async function readStatistics(job: StatisticsJob): Promise<StatisticsReport> {
  const { ask, view } = job;
  const filter = { ...job.filter, ...wholeDays(job.filter) };
  const answer = await ask(async (graph) => {
    const reader = await graph.statistics();
    return reader.atOnce(async () => ({
      target: graph.path,
      sections: await sectionsOf(reader, job, filter),
      warnings: await statisticsWarnings(graph, reader, view, filter),
      reading: await graph.records.reading(checkpointName(withOrigin(toolErrors, job.origin))),
    }));
  });
  const errorStatuses = statusesOf(answer.reading, job.statuses);
  const { rates, warnings } = await ratesAtHand({ ...job, errorStatuses }, job.limit ?? usualLimit('tool', view));
  return {
    target: answer.target,
    view,
    filter,
    sections: [...answer.sections, ...rates],
    warnings: [...answer.warnings, ...warnings],
  };
}

/** Those of the run that wrote the graph, so that its errors are the ones among the calls. */
function statusesOf(reading: KeptReading | undefined, statuses: FailureStatuses): readonly string[] {
  const condition = keptCondition(toolErrors, reading, statuses);
  return 'oneOf' in condition ? condition.oneOf : statuses.errorStatuses;
}

async function sectionsOf(
  reader: StatisticsReader,
  job: StatisticsJob,
  filter: ErrorFilter,
): Promise<readonly StatisticsSection[]> {
  const read = (one: StatisticView) => sectionOf(reader, one, filter, job.limit ?? usualLimit(one, job.view));
  // Rates by tool take the place of what the graph says of tools.
  if (job.view !== undefined) return job.wantsRates ? [] : [await read(job.view)];
  const sections: StatisticsSection[] = [{ section: 'kind', list: { rows: await reader.kinds(filter), more: false } }];
  for (const one of OVERVIEW) sections.push(await read(one));
  return sections;
}

function usualLimit(one: StatisticView, view: StatisticView | undefined): number {
  if (view !== undefined) return ROWS_OF_ONE;
  return one === 'day' ? DAYS_OF_ALL : ROWS_OF_EACH;
}

async function sectionOf(
  reader: StatisticsReader,
  view: StatisticView,
  filter: ErrorFilter,
  limit: number,
): Promise<StatisticsSection> {
  switch (view) {
    case 'session':
      return { section: view, list: await reader.sessions(filter, limit) };
    case 'compaction':
      return { section: view, list: await reader.compactions(filter, limit) };
    case 'task':
      return { section: view, list: await reader.failedTasks(filter, limit) };
    default:
      return { section: view, list: await reader.errorsBy(view, filter, limit) };
  }
}
