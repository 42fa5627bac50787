import { addDays, onOneDay } from '../model/day-counts.ts';
import { addSums, averageToOneDecimal, type ExactSum, exactSum } from '../model/exact-sum.ts';
import { defineExtractor, type RowOf } from '../model/extractor.ts';
import type { DayCount } from '../model/facets.ts';
import { addSeen, type Seen } from '../model/first-seen.ts';
import { ABSENT_PART } from '../model/key.ts';
import { earlier, later, type Moment } from '../model/moment.ts';
import { toRowId } from '../model/row-id.ts';
import { ellipsize, oneLine } from '../model/text.ts';

const columns = {
  id: 'id',
  session_id: 'text',
  tool_name: 'text',
  status: 'text',
  error_type: 'text',
  agent_name: 'text',
  task_id: 'text',
  execution_time_ms: 'number',
  created_at: 'text',
} as const;

/** What the rows of one (session, tool, error type) say together; a list, as it is kept for each node. */
type ToolErrorState = readonly [
  count: number,
  first: Moment | null,
  last: Moment | null,
  timedRows: number,
  totalMs: ExactSum,
  agents: readonly Seen[],
  taskIds: readonly Seen[],
  /** How many rows were of which day; left out where all were of the last one. */
  days?: readonly DayCount[],
];

/** How many distinct agents and tasks a node names. */
const SHOWN = 10;

/** Failed tool calls: one node for each (session, tool, error type), however many rows of `tool_analytics` it took. */
export const toolErrors = defineExtractor<typeof columns, ToolErrorState>({
  name: 'tool-errors',
  version: 2,
  summary: 'failed tool calls, by session, tool and error type',
  subtype: 'tool_error',
  prefix: 'err',
  table: 'tool_analytics',
  columns,
  appended: true,
  keyColumns: ['session_id', 'tool_name', 'error_type'],
  cutLists: { agents: SHOWN, task_ids: SHOWN },
  watch: { column: 'status', expected: ['success'] },
  // In one order, so that the same statuses in another are the same settings.
  where: ({ errorStatuses }) => ({ column: 'status', oneOf: errorStatuses.toSorted() }),
  *extract(rows) {
    for (const row of rows) {
      const key = [row.session_id ?? ABSENT_PART, row.tool_name ?? ABSENT_PART, row.error_type ?? ABSENT_PART];
      yield { key, state: stateOf(row) };
    }
  },
  fold: { merge, finish },
});

function stateOf(row: RowOf<typeof columns>): ToolErrorState {
  const id = toRowId(row.id);
  const moment: Moment | null = row.created_at === null ? null : [row.created_at, id];
  return [
    1,
    moment,
    moment,
    row.execution_time_ms === null ? 0 : 1,
    exactSum(row.execution_time_ms ?? 0),
    row.agent_name === null ? [] : [[row.agent_name, id]],
    row.task_id === null ? [] : [[row.task_id, id]],
  ];
}

function merge(a: ToolErrorState, b: ToolErrorState): ToolErrorState {
  const merged = [
    a[0] + b[0],
    earlier(a[1], b[1]),
    later(a[2], b[2]),
    a[3] + b[3],
    addSums(a[4], b[4]),
    addSeen(a[5], b[5], SHOWN),
    addSeen(a[6], b[6], SHOWN),
  ] as const;
  const days = addDays(daysOf(a), daysOf(b));
  return days.length > 1 ? [...merged, days] : merged;
}

function daysOf([count, , last, , , , , days]: ToolErrorState): readonly DayCount[] {
  return days ?? onOneDay(last, count);
}

function finish(state: ToolErrorState, [session = '', tool = '', type = '']: readonly string[]) {
  const [count, first, last, timedRows, totalMs, agents, taskIds, days] = state;
  const label = `[ToolError] ${oneLine(tool) ?? 'unknown'} (${oneLine(type) ?? 'unknown'}) x${count}`;
  return {
    name: ellipsize(label, 80),
    properties: {
      session_id: session,
      tool_name: tool,
      error_type: type,
      error_count: count,
      first_occurrence: first?.[0],
      last_occurrence: last?.[0],
      avg_execution_ms: timedRows === 0 ? undefined : averageToOneDecimal(totalMs, timedRows),
      agents: namesOf(agents),
      task_ids: namesOf(taskIds),
    },
    facets: { first: first?.[0], last: last?.[0], session, what: tool, how: type, days },
  };
}

function namesOf(seen: readonly Seen[]): readonly string[] | undefined {
  return seen.length === 0 ? undefined : seen.map(([name]) => name);
}
