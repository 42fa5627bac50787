import { entityNode } from '../model/entity.ts';
import type { Linker } from '../model/linker.ts';
import { textsOf } from './texts-of.ts';

/** The tasks that a tool was called for, and the task that came to an end. */
export const forTask: Linker = {
  name: 'for-task',
  version: 1,
  summary: 'it was for the task',
  edgeType: 'FOR_TASK',
  *link(event) {
    for (const id of [...textsOf(event.properties['task_ids']), ...textsOf(event.properties['task_id'])]) {
      yield { from: event, to: entityNode('task', id, { task_id: id }) };
    }
  },
};
