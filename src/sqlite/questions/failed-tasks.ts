import type { Database } from 'better-sqlite3';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT, type StoredNode } from '../../model/node.ts';
import { readProperties } from '../../model/properties.ts';
import { type DayRange, type FailedTask, type Listed, listed, TASKS, UNTOLD } from '../../model/statistics.ts';
import { keep } from '../connect.ts';
import { isFailed } from './is-failed.ts';
import { momentsOf } from './moments-of.ts';
import { ofKind } from './of-kind.ts';
import type { TaskEdges } from './task-edges.ts';

const IS_TASK = ofKind('key', TASKS.prefix);

const HAS_FAILED = `coalesce(last BETWEEN @from AND @to, @isOpen) AND ${isFailed('what', 'how')}`;

/** What is asked of tasks, which are a range of keys. Apart from the reader, so that the plans of all of it can be looked at. */
export const TASK_QUERIES = {
  /** Those that failed, the newest first: a look at each task is cheaper than one at all events that are new. */
  failed: `SELECT key, last, what, how FROM audit_entries WHERE ${IS_TASK} AND ${HAS_FAILED}
    ORDER BY last DESC NULLS LAST, key`,
  countFailed: `SELECT count(*) FROM audit_entries WHERE ${IS_TASK} AND ${HAS_FAILED}`,
  /** All, each before those of the same task that it decides on. */
  all: `SELECT key, last, what, how, ${HAS_FAILED} AS hasFailed FROM audit_entries WHERE ${IS_TASK}
    ORDER BY last DESC NULLS LAST, hasFailed DESC, key LIMIT @most`,
  /** The first of them, where their numbers are a range, or nearly so: an index of time has the numbers, and is in order. */
  newest: `SELECT key, last, what, how, ${HAS_FAILED} AS hasFailed
    FROM audit_entries INDEXED BY audit_entries_by_time
    WHERE last BETWEEN @oldest AND @newest AND id BETWEEN @low AND @high AND ${IS_TASK}
    ORDER BY last DESC, hasFailed DESC, key LIMIT @most`,
  extent: `SELECT count(*) AS tasks, min(id) AS low, max(id) AS high, min(last) AS oldest, max(last) AS newest
    FROM audit_entries WHERE ${IS_TASK}`,
} as const;

/** Among so many rows there are most often failed tasks enough; to put all of them in order takes longer than all the rest. */
const FEW_ROWS = 500;
const ALL_ROWS = -1;

/** So many numbers of tasks and others may be looked up for each that is of a task. */
const NUMBERS_A_TASK = 2;

interface Extent {
  readonly tasks: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly oldest: number | null;
  readonly newest: number | null;
}

interface Row {
  readonly key: string;
  readonly last: number | null;
  readonly what: string | null;
  readonly how: string | null;
}

/** Prepares telling which tasks failed, and what else failed for them. */
export function prepareFailedTasks(
  db: Database,
  edges: TaskEdges,
  find: (id: string) => StoredNode | undefined,
): (range: DayRange, limit: number) => Listed<FailedTask> {
  const failed = db.prepare<[object], Row>(TASK_QUERIES.failed);
  const countFailed = db.prepare<[object], number>(TASK_QUERIES.countFailed).pluck();
  const all = db.prepare<[object], Row & { readonly hasFailed: 0 | 1 }>(TASK_QUERIES.all);
  const newest = db.prepare<[object], Row & { readonly hasFailed: 0 | 1 }>(TASK_QUERIES.newest);
  const extent = db.prepare<[], Extent>(TASK_QUERIES.extent);
  const idOf = (key: string) => nodeId(AUDIT_EVENT, key);
  const propertiesOf = (id: string) => readProperties(find(id)?.properties);

  const taskOf = ({ key, last, what, how }: Row, hasEdges: boolean): FailedTask => {
    const id = idOf(key);
    const properties = propertiesOf(id);
    return {
      id,
      taskId: textOr(properties['task_id']),
      description: textOr(properties['task_description']),
      outcome: what ?? UNTOLD,
      status: how ?? UNTOLD,
      last,
      around: hasEdges ? edges.around(id) : null,
    };
  };

  /** Those that no other row of their task comes after. */
  function* byEdges(range: DayRange): Generator<Row> {
    for (const row of keep(failed.iterate(momentsOf(range)))) if (edges.decides(idOf(row.key))) yield row;
  }

  /** The newest rows, of those that tell a time so many at the most; all of them in order where an index does not serve. */
  const rowsOf = (range: DayRange, most: number) => {
    const parameters = { ...momentsOf(range), most };
    const numbers = most === ALL_ROWS ? undefined : extent.get();
    const isDense = numbers !== undefined && (numbers.high ?? 0) - (numbers.low ?? 0) < NUMBERS_A_TASK * numbers.tasks;
    return isDense ? newest.iterate({ ...parameters, ...numbers }) : all.iterate(parameters);
  };

  /** Without edges nodes alone say of which task a row is, so all that are newer are looked at, too. */
  function* byNodes(range: DayRange, most: number): Generator<Row> {
    const moments = momentsOf(range);
    let left = most === ALL_ROWS ? (countFailed.get(moments) ?? 0) : most;
    if (left === 0) return;
    const seen = new Set<unknown>();
    for (const row of keep(rowsOf(range, most))) {
      const task = propertiesOf(idOf(row.key))['task_id'] ?? row.key;
      if (row.hasFailed === 1) left--;
      if (row.hasFailed === 1 && !seen.has(task)) yield row;
      if (left === 0) return;
      seen.add(task);
    }
  }

  return (range, limit) => {
    const hasEdges = edges.any();
    let rows = firstOf(hasEdges ? byEdges(range) : byNodes(range, FEW_ROWS), limit + 1);
    if (!hasEdges && rows.length <= limit) rows = firstOf(byNodes(range, ALL_ROWS), limit + 1);
    return listed(
      rows.map((row) => taskOf(row, hasEdges)),
      limit,
    );
  };
}

function firstOf<Item>(items: Iterable<Item>, limit: number): readonly Item[] {
  const first: Item[] = [];
  for (const item of items) {
    first.push(item);
    if (first.length >= limit) break;
  }
  return first;
}

const textOr = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
