import type { FilterField } from '../../parts/filter-form.tsx';

/** What can be searched by; the words themselves have a field of their own above all views. */
export const SEARCH_FIELDS: readonly FilterField[] = [
  {
    name: 'type',
    label: 'Type of node',
    options: [
      ['', 'Events'],
      ['session', 'Sessions'],
      ['tool', 'Tools'],
      ['agent', 'Agents'],
      ['task', 'Tasks'],
      ['user', 'Users'],
      ['any', 'All of them'],
    ],
  },
  {
    name: 'subtype',
    label: 'Kind of event',
    options: [
      ['', 'Any'],
      ['tool_error', 'Tool errors'],
      ['session_boundary', 'System events'],
      ['task_completion', 'Tasks'],
      ['user_action', 'Logged actions'],
    ],
  },
  { name: 'tool', label: 'Tool', example: 'Bash' },
  { name: 'error_type', label: 'Type of error', example: 'timeout' },
  { name: 'session', label: 'Session' },
  { name: 'agent', label: 'Agent' },
  { name: 'task', label: 'Task' },
  { name: 'user', label: 'User' },
  { name: 'since', label: 'Since', example: '2026-03-01 or 7d' },
  { name: 'until', label: 'Until', example: '2026-03-31' },
  {
    name: 'sort',
    label: 'Order',
    options: [
      ['', 'Newest first'],
      ['-time', 'Oldest first'],
      ['name', 'By name'],
      ['id', 'By id'],
    ],
  },
  {
    name: 'deleted',
    label: 'Deleted ones',
    options: [
      ['', 'Left out'],
      ['true', 'Shown, too'],
    ],
  },
];
