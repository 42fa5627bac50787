import type { FilterField } from '../../parts/filter-form.tsx';

/** What changes can be told apart by. */
export const CHANGE_FIELDS: readonly FilterField[] = [
  { name: 'component', label: 'Type of node or edge', example: 'audit_event' },
  { name: 'record', label: 'Id of node or edge' },
  {
    name: 'operation',
    label: 'What was done',
    options: [
      ['', 'Anything'],
      ['insert', 'insert'],
      ['update', 'update'],
      ['delete', 'delete'],
      ['soft_delete', 'soft delete'],
      ['restore', 'restore'],
      ['prune', 'prune'],
    ],
  },
  { name: 'actor', label: 'By whom' },
  { name: 'since', label: 'Since', example: '2026-03-01 or 7d' },
  { name: 'until', label: 'Until', example: '2026-03-31' },
];
