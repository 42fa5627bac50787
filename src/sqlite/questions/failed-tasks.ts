import type { Database } from 'better-sqlite3';
import { nodeId } from '../../model/key.ts';
import { AUDIT_EVENT, type StoredNode } from '../../model/node.ts';
import { readProperties } from '../../model/properties.ts';
import { type DayRange, type FailedTask, type Listed, listed, TASKS } from '../../model/statistics.ts';
import { isFailed } from './is-failed.ts';
import { momentsOf } from './session-trouble.ts';
import type { TaskEdges } from './task-edges.ts';

/** Failed tasks, the newest first: they are a range of keys, and a look at each is cheaper than one at all that is new. */
export const FAILED_TASKS = `SELECT key, last, what, how FROM audit_entries
  WHERE key >= '${TASKS.prefix}:' AND key < '${TASKS.prefix};' AND coalesce(last BETWEEN @from AND @to, @isOpen)
    AND ${isFailed('what')}
  ORDER BY last DESC NULLS LAST, key LIMIT @limit`;

interface Row {
  readonly key: string;
  readonly last: number | null;
  readonly what: string;
  readonly how: string | null;
}

/** Prepares telling which tasks failed, and what else failed for them. */
export function prepareFailedTasks(
  db: Database,
  edges: TaskEdges,
  find: (id: string) => StoredNode | undefined,
): (range: DayRange, limit: number) => Listed<FailedTask> {
  const failed = db.prepare<[object], Row>(FAILED_TASKS);
  const taskOf = ({ key, last, what, how }: Row, hasEdges: boolean): FailedTask => {
    const id = nodeId(AUDIT_EVENT, key);
    const properties = readProperties(find(id)?.properties);
    return {
      id,
      taskId: textOr(properties['task_id']),
      description: textOr(properties['task_description']),
      outcome: what,
      status: how ?? 'unknown',
      last,
      around: hasEdges ? edges.around(id) : null,
    };
  };
  return (range, limit) => {
    const { rows, more } = listed(failed.all({ ...momentsOf(range), limit: limit + 1 }), limit);
    const hasEdges = edges.any();
    return { rows: rows.map((row) => taskOf(row, hasEdges)), more };
  };
}

const textOr = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
