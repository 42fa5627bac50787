import type Database from 'better-sqlite3';
import type { ExpectedNode } from './expected-node.ts';
import { jsonObject, numberOrText } from './json-text.ts';
import { dotted, finishedName, firstOf, oneLine } from './name-text.ts';
import { keyPart, nodeId } from './node-id.ts';
import { rowsWithOwnId } from './rows-with-own-id.ts';
import { type SourceRow, sourceRows } from './source-rows.ts';

const COLUMNS = [
  'id',
  'task_id',
  'task_description',
  'source',
  'status',
  'outcome',
  'tool_success_count',
  'tool_error_count',
  'created_at',
  'updated_at',
] as const;

type TaskRow = SourceRow<(typeof COLUMNS)[number]>;

/** One node for each row of task_tracking. */
export function taskCompletionNodes(db: Database.Database): readonly ExpectedNode[] {
  return rowsWithOwnId(sourceRows(db, 'task_tracking', COLUMNS)).map(({ id, row }) => taskCompletionNode(id, row));
}

function taskCompletionNode(id: string, row: TaskRow): ExpectedNode {
  const outcome = row.outcome.text ?? 'unknown';
  return {
    id: nodeId(`task:${keyPart(id)}`),
    node_type: 'audit_event',
    subtype: 'task_completion',
    name: taskName(id, outcome, row),
    properties: jsonObject([
      ['task_id', row.task_id.text ?? `task-${id}`],
      ['task_description', firstOf(row.task_description.text ?? '', 200)],
      ['source', row.source.text],
      ['status', row.status.text ?? 'unknown'],
      ['outcome', outcome],
      ['tool_success_count', numberOrText(row.tool_success_count)],
      ['tool_error_count', numberOrText(row.tool_error_count)],
      ['created_at', row.created_at.text],
      ['updated_at', row.updated_at.text],
    ]),
    source_table: 'task_tracking',
    source_id: id,
  };
}

function taskName(id: string, outcome: string, row: TaskRow): string {
  const mark = outcome === 'success' || outcome === 'completed' ? '+' : '-';
  const task = oneLine(row.task_id.text) ?? oneLine(`task-${id}`) ?? '';
  const description = dotted(oneLine(row.task_description.text) ?? '', 60);
  return finishedName(firstOf(`[Task${mark}] ${task}: ${description}`, 80));
}
