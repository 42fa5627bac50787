import { warnOfUnknownSessions } from '../model/known-sessions.ts';
import {
  type ErrorFilter,
  type StatisticsReader,
  type StatisticView,
  SYSTEM_EVENTS,
  TASKS,
  TOOL_ERRORS,
} from '../model/statistics.ts';

/** What statistics of one view, or of all, do not tell. */
export function statisticsWarnings(
  reader: StatisticsReader,
  view: StatisticView | undefined,
  filter: ErrorFilter,
): readonly string[] {
  const tellsSessions = view === undefined || view === 'session';
  const tellsTasks = tellsSessions || view === 'task';
  return [
    ...(tellsSessions ? warnOfUnknownSessions(reader.knownSessions()) : []),
    ...(tellsTasks && !reader.hasTaskEdges()
      ? ['the graph has no edges to tasks, so errors around failed tasks are not known; audit-extract link makes them']
      : []),
    ...warnOfUndated(reader, view, filter),
  ];
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

function warnOfUndated(
  reader: StatisticsReader,
  view: StatisticView | undefined,
  { since, until, tool, errorType }: ErrorFilter,
): readonly string[] {
  if (since === undefined && until === undefined) return [];
  const kinds = view && KINDS[view];
  const upTo = tool === undefined && errorType === undefined ? '' : 'up to ';
  const counts = reader.undated().flatMap(({ subtype, events, rows }) => {
    const count = subtype === TOOL_ERRORS.subtype ? rows : events;
    if (count === 0 || kinds?.includes(subtype) === false) return [];
    const name = NAMES.get(subtype) ?? `${subtype} event`;
    return [`${subtype === TOOL_ERRORS.subtype ? upTo : ''}${count} ${name}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? [] : [`--since and --until leave out what has no time: ${counts.join(', ')}`];
}
