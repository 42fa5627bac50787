import type { SortKey } from '../model/search.ts';
import type { ListPlace } from '../threads/tasks/list-nodes.ts';
import { readCursor, writeCursor } from './cursor.ts';

/** What is longer is looked up again, so that a cursor fits into a URL. */
const LONGEST_NAME = 500;

/** The cursor of a place in a list of nodes. */
export function writeNodeCursor(order: string, { id, name, last }: SortKey): string {
  return writeCursor(order, [id, name.length > LONGEST_NAME ? null : name, last]);
}

/** The place that a cursor is of. */
export function readNodeCursor(order: string, cursor: string): ListPlace {
  const [id, name, last] = readCursor(cursor, order);
  return {
    id: String(id ?? ''),
    name: typeof name === 'string' ? name : undefined,
    last: typeof last === 'number' ? last : null,
  };
}
