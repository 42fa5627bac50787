import { defineExtractor, type NodeContent, type RowOf } from '../model/extractor.ts';
import { ellipsize, firstCodePoints, oneLine } from '../model/text.ts';

const columns = {
  id: 'id',
  task_id: 'text',
  task_description: 'text',
  source: 'text',
  status: 'text',
  outcome: 'text',
  tool_success_count: 'value',
  tool_error_count: 'value',
  created_at: 'text',
  updated_at: 'text',
} as const;

type Row = RowOf<typeof columns>;

/** What became of each task: one node a row of `task_tracking`. */
export const taskCompletions = defineExtractor({
  name: 'task-completions',
  version: 2,
  summary: 'tasks and their outcomes',
  subtype: 'task_completion',
  prefix: 'task',
  table: 'task_tracking',
  columns,
  keyParts: ['id'],
  *extract(rows) {
    for (const row of rows) {
      if (row.id === null) yield { skip: 'a row has no id' };
      else yield { key: [String(row.id)], sourceId: String(row.id), ...contentOf(row) };
    }
  },
});

function contentOf(row: Row): NodeContent {
  return { name: nameOf(row), properties: propertiesOf(row), facets: facetsOf(row) };
}

function nameOf({ id, task_id, task_description, outcome }: Row): string {
  const mark = outcome === 'success' || outcome === 'completed' ? '+' : '-';
  const description = ellipsize(oneLine(task_description) ?? '', 60);
  return firstCodePoints(`[Task${mark}] ${oneLine(task_id) ?? oneLine(`task-${id}`)}: ${description}`, 80);
}

function propertiesOf(row: Row) {
  return {
    task_id: row.task_id ?? `task-${row.id}`,
    task_description: firstCodePoints(row.task_description ?? '', 200),
    source: row.source,
    status: row.status ?? 'unknown',
    outcome: row.outcome ?? 'unknown',
    tool_success_count: row.tool_success_count,
    tool_error_count: row.tool_error_count,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

function facetsOf({ created_at, updated_at, outcome, status }: Row) {
  return {
    first: created_at,
    last: updated_at ?? created_at,
    what: outcome ?? 'unknown',
    how: status ?? 'unknown',
  };
}
