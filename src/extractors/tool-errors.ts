import { addSums, averageToOneDecimal, type ExactSum, exactSum } from '../model/exact-sum.ts';
import { defineExtractor, type RowOf } from '../model/extractor.ts';
import { addSeen, type Seen } from '../model/first-seen.ts';
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

/** What the rows of one (session, tool, error type) say together. */
interface ToolErrorState {
  readonly count: number;
  readonly first: Moment | null;
  readonly last: Moment | null;
  readonly timedRows: number;
  readonly totalMs: ExactSum;
  readonly agents: readonly Seen[];
  readonly taskIds: readonly Seen[];
}

/** How many distinct agents and tasks a node names. */
const SHOWN = 10;

/** Failed tool calls: one node for each (session, tool, error type), however many rows of `tool_analytics` it took. */
export const toolErrors = defineExtractor<typeof columns, ToolErrorState>({
  name: 'tool-errors',
  version: 1,
  summary: 'failed tool calls, by session, tool and error type',
  subtype: 'tool_error',
  prefix: 'err',
  table: 'tool_analytics',
  columns,
  where: ({ errorStatuses }) => ({
    sql: `status IN (${errorStatuses.map(() => '?').join(', ')})`,
    parameters: errorStatuses,
  }),
  *extract(rows) {
    for (const row of rows) {
      const key = [row.session_id ?? 'unknown', row.tool_name ?? 'unknown', row.error_type ?? 'unknown'];
      yield { key, state: stateOf(row) };
    }
  },
  fold: { merge, finish },
});

function stateOf(row: RowOf<typeof columns>): ToolErrorState {
  const id = toRowId(row.id);
  const moment: Moment | null = row.created_at === null ? null : [row.created_at, id];
  return {
    count: 1,
    first: moment,
    last: moment,
    timedRows: row.execution_time_ms === null ? 0 : 1,
    totalMs: exactSum(row.execution_time_ms ?? 0),
    agents: row.agent_name === null ? [] : [[row.agent_name, id]],
    taskIds: row.task_id === null ? [] : [[row.task_id, id]],
  };
}

function merge(a: ToolErrorState, b: ToolErrorState): ToolErrorState {
  return {
    count: a.count + b.count,
    first: earlier(a.first, b.first),
    last: later(a.last, b.last),
    timedRows: a.timedRows + b.timedRows,
    totalMs: addSums(a.totalMs, b.totalMs),
    agents: addSeen(a.agents, b.agents, SHOWN),
    taskIds: addSeen(a.taskIds, b.taskIds, SHOWN),
  };
}

function finish(state: ToolErrorState, [session = '', tool = '', type = '']: readonly string[]) {
  const label = `[ToolError] ${oneLine(tool) ?? 'unknown'} (${oneLine(type) ?? 'unknown'}) x${state.count}`;
  return {
    name: ellipsize(label, 80),
    properties: {
      session_id: session,
      tool_name: tool,
      error_type: type,
      error_count: state.count,
      first_occurrence: state.first?.[0],
      last_occurrence: state.last?.[0],
      avg_execution_ms: state.timedRows === 0 ? null : averageToOneDecimal(state.totalMs, state.timedRows),
      agents: namesOf(state.agents),
      task_ids: namesOf(state.taskIds),
    },
  };
}

function namesOf(seen: readonly Seen[]): readonly string[] | null {
  return seen.length === 0 ? null : seen.map(([name]) => name);
}
