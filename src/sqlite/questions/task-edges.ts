import type { Database } from 'better-sqlite3';
import { daysOf } from '../../model/days-of.ts';
import { ErrorTally } from '../../model/error-tally.ts';
import { spanOf } from '../../model/event-span.ts';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT, type StoredNode } from '../../model/node.ts';
import { readProperties } from '../../model/properties.ts';
import { type DayRange, type ErrorsAround, hasFailed, TASKS, TOOL_ERRORS, UNTOLD } from '../../model/statistics.ts';
import { latestOf, type TaskEnd } from '../../model/task-ends.ts';
import type { EdgeTable } from '../edge-table.ts';
import type { KeyRange } from '../search/key-ranges.ts';
import { isFailed } from './is-failed.ts';
import { momentsOf } from './moments-of.ts';
import { ofKind } from './of-kind.ts';

/** What is known of tasks by the edges that lead to them. */
export interface TaskEdges {
  /** Whether there are such edges, or would be if any event were for a task. */
  any(): boolean;
  /** The errors that were for the tasks that an event was for. */
  around(event: string): ErrorsAround;
  /** Whether no other row of the tasks that a task's own event was for comes after it. */
  decides(event: string): boolean;
  /** How many of the tasks failed within a range that errors of these keys, of that range too, were for. */
  failedTasksOf(keys: readonly KeyRange[], range: DayRange): number;
}

/** Of a graph without edges. */
export const noTaskEdges: TaskEdges = {
  any: () => false,
  around: () => ({ events: 0, errors: 0, tools: [] }),
  decides: () => true,
  failedTasksOf: () => 0,
};

/** What is asked of a `kg_edges`, with its names. */
export function taskEdgeQueries(table: EdgeTable) {
  const name = (column: 'id' | 'edge_type' | 'from_node' | 'to_node') => table.get(column) ?? column;
  const isForTask = `${name('edge_type')} = 'FOR_TASK'`;
  // A NUL ends a text for substr, so what it gives may be the key of another.
  const isEvent = `entry.key = substr(edge.${name('from_node')}, ${AUDIT_EVENT.length + 2})
    AND octet_length(entry.key) = octet_length(edge.${name('from_node')}) - octet_length('${AUDIT_EVENT}:')`;
  const ofEvents = (prefix: string) =>
    `edge.${name('to_node')} = @task AND edge.${isForTask} AND ${ofKind(`edge.${name('from_node')}`, prefix, `${AUDIT_EVENT}:`)}`;
  return {
    /** All linkers have been at work once they are noted. */
    any: `SELECT EXISTS (SELECT 1 FROM audit_meta WHERE name = 'linkers')
      OR EXISTS (SELECT 1 FROM kg_edges WHERE ${name('id')} >= 'FOR_TASK:' AND ${name('id')} < 'FOR_TASK;')`,
    tasksOf: `SELECT DISTINCT ${name('to_node')} FROM kg_edges WHERE ${name('from_node')} = ? AND ${isForTask}`,
    /** A task's own events, and those of which only their nodes tell. */
    endsOf: `SELECT DISTINCT edge.${name('from_node')} AS id, entry.key IS NULL AS isLong, entry.last,
        ${isFailed('entry.what', 'entry.how')} AS hasFailed
      FROM kg_edges AS edge LEFT JOIN audit_entries AS entry ON ${isEvent} WHERE ${ofEvents(TASKS.prefix)}`,
    errorsOf: `SELECT entry.key IS NULL AS isLong, coalesce(entry.what, '') AS tool, count(*) AS events,
        sum(entry.drafts) AS errors
      FROM kg_edges AS edge LEFT JOIN audit_entries AS entry ON ${isEvent} WHERE ${ofEvents(TOOL_ERRORS.prefix)} GROUP BY 1, 2`,
    /** Events whose ids are not their keys, as those are too long. */
    longOf: `SELECT edge.${name('from_node')} FROM kg_edges AS edge WHERE ${ofEvents(TOOL_ERRORS.prefix)}
      AND NOT EXISTS (SELECT 1 FROM audit_entries AS entry WHERE ${isEvent})`,
    /** Errors of some keys that have rows within days. */
    keys: `SELECT key FROM audit_entries WHERE key >= @first AND key < @end AND (@isOpen OR iif(days IS NULL,
      last BETWEEN @from AND @to, EXISTS (SELECT 1 FROM json_each(days) WHERE value ->> 0 BETWEEN @since AND @until)))`,
  };
}

interface EndRow {
  readonly id: string;
  readonly isLong: 0 | 1;
  readonly last: number | null;
  readonly hasFailed: 0 | 1;
}

interface ToolErrors {
  readonly isLong: 0 | 1;
  readonly tool: string;
  readonly events: number;
  readonly errors: number;
}

/** Prepares it for the columns that a `kg_edges` has. */
export function prepareTaskEdges(
  db: Database,
  table: EdgeTable,
  find: (id: string) => StoredNode | undefined,
): TaskEdges {
  const queries = taskEdgeQueries(table);
  const any = db.prepare<[], 0 | 1>(queries.any).pluck();
  const tasksOf = db.prepare<[string], string>(queries.tasksOf).pluck();
  const endRows = db.prepare<[object], EndRow>(queries.endsOf);
  const errorsOf = db.prepare<[object], ToolErrors>(queries.errorsOf);
  const longOf = db.prepare<[object], string>(queries.longOf).pluck();
  const keys = db.prepare<[object], string>(queries.keys).pluck();
  const propertiesOf = (id: string) => readProperties(find(id)?.properties);
  const endOf = ({ id, isLong, last, hasFailed: failed }: EndRow): TaskEnd => {
    if (isLong === 0) return { id, last, isFailed: failed === 1 };
    const properties = propertiesOf(id);
    const { outcome, status } = properties;
    return { id, last: spanOf(properties)?.last ?? null, isFailed: hasFailed(textOf(outcome), textOf(status)) };
  };
  const decidingOf = (task: string) => latestOf(endRows.all({ task }).map(endOf));

  return {
    any: () => any.get() === 1,
    around: (event) => {
      const tally = new ErrorTally();
      for (const task of tasksOf.all(event)) {
        const ofTask = { task };
        for (const row of errorsOf.all(ofTask)) {
          if (row.isLong === 0) tally.add(row.tool, row.events, row.errors);
          else for (const id of longOf.all(ofTask)) tally.addNode(find(id)?.properties);
        }
      }
      return tally.sum();
    },
    decides: (event) => tasksOf.all(event).every((task) => (decidingOf(task)?.id ?? event) === event),
    failedTasksOf: (ofErrors, range) => {
      const moments = momentsOf(range);
      const tasks = new Set(
        ofErrors
          .flatMap(({ low, before }) => keys.all({ first: low, end: before, ...moments, ...daysOf(range) }))
          .flatMap((key) => tasksOf.all(nodeId(AUDIT_EVENT, key))),
      );
      const isWithin = (last: number | null) =>
        moments.isOpen === 1 || (last !== null && last >= moments.from && last <= moments.to);
      const ends = [...tasks].map(decidingOf);
      return ends.filter((one) => one?.isFailed && isWithin(one.last)).length;
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : UNTOLD);
