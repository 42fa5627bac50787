import type { Graph } from '../model/graph.ts';
import { warnOfUnknownSessions } from '../model/known-sessions.ts';
import {
  type ErrorFilter,
  type EventCensus,
  type StatisticsReader,
  type StatisticView,
  SYSTEM_EVENTS,
  TASKS,
  TOOL_ERRORS,
} from '../model/statistics.ts';
import { withOpenEdges } from './with-open-edges.ts';

/** What statistics of one view, or of all, do not tell. */
export async function statisticsWarnings(
  graph: Pick<Graph, 'records'>,
  reader: StatisticsReader,
  view: StatisticView | undefined,
  filter: ErrorFilter,
): Promise<readonly string[]> {
  const tellsSessions = view === undefined || view === 'session';
  const tellsTasks = tellsSessions || view === 'task';
  return [
    ...(tellsSessions ? warnOfUnknownSessions(await reader.knownSessions()) : []),
    ...(tellsTasks ? await warnOfEdges(graph, reader) : []),
    ...(await warnOfUndated(reader, view, filter)),
    ...warnOfOthers(await reader.census()),
  ];
}

async function warnOfEdges(graph: Pick<Graph, 'records'>, reader: StatisticsReader): Promise<readonly string[]> {
  if (await reader.hasTaskEdges()) return withOpenEdges(graph, []);
  return [
    'the graph has no edges to tasks, so errors around failed tasks are not known; audit-extract link makes them',
  ];
}

function warnOfOthers({ unrecorded, lost, deleted }: EventCensus): readonly string[] {
  const warnings: string[] = [];
  const those = (count: number) => (count === 1 ? '1 event that is' : `${count} events that are`);
  const are = (count: number) => (count === 1 ? 'is' : 'are');
  if (unrecorded > 0) {
    warnings.push(
      `${those(unrecorded)} not recorded ${are(unrecorded)} not counted; audit-extract query finds all there are`,
    );
  }
  if (lost > 0) {
    warnings.push(
      `${those(lost)} counted ${are(lost)} no longer in the graph; audit-extract verify names what is gone`,
    );
  }
  if (deleted > 0) {
    warnings.push(
      `${those(deleted)} marked as deleted ${are(deleted)} counted all the same; audit-extract query leaves out what is deleted`,
    );
  }
  return warnings;
}

/** The kinds of events that views are about; all of them unless named. */
const KINDS: Readonly<Partial<Record<StatisticView, readonly string[]>>> = {
  tool: [TOOL_ERRORS.subtype],
  type: [TOOL_ERRORS.subtype],
  day: [TOOL_ERRORS.subtype],
  session: [TOOL_ERRORS.subtype, SYSTEM_EVENTS.subtype, TASKS.subtype],
  compaction: [SYSTEM_EVENTS.subtype],
  task: [TASKS.subtype],
};

/** What is called what; errors are counted by rows. */
const NAMES = new Map<string, string>([
  [TOOL_ERRORS.subtype, 'error'],
  [SYSTEM_EVENTS.subtype, 'system event'],
  [TASKS.subtype, 'task'],
]);

async function warnOfUndated(
  reader: StatisticsReader,
  view: StatisticView | undefined,
  { since, until, tool, errorType }: ErrorFilter,
): Promise<readonly string[]> {
  if (since === undefined && until === undefined) return [];
  const kinds = view && KINDS[view];
  const upTo = tool === undefined && errorType === undefined ? '' : 'up to ';
  const undated = await reader.undated();
  const counts = undated.flatMap(({ subtype, events, rows }) => {
    const count = subtype === TOOL_ERRORS.subtype ? rows : events;
    if (count === 0 || kinds?.includes(subtype) === false) return [];
    const name = NAMES.get(subtype) ?? `${subtype} event`;
    return [`${subtype === TOOL_ERRORS.subtype ? upTo : ''}${count} ${name}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? [] : [`--since and --until leave out what has no time: ${counts.join(', ')}`];
}
