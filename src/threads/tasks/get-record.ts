import type { RecordBody } from '../record-body.ts';
import { recordNotFound } from '../record-errors.ts';
import { EDGES, NODES } from '../record-kind.ts';
import type { TaskShop } from '../task.ts';

/** Reads one node; one that is deleted is found only where that is wanted. */
export function getNode(
  { id, includeDeleted }: { readonly id: string; readonly includeDeleted: boolean },
  { desk }: TaskShop<never>,
): Promise<RecordBody> {
  return desk.ask(async ({ kept }) => {
    const node = await kept.nodes.find(id);
    if (node === undefined || (node.deletedAt !== null && !includeDeleted)) throw recordNotFound('node', id);
    return NODES.bodyOf(node);
  });
}

/** Reads one edge. */
export function getEdge({ id }: { readonly id: string }, { desk }: TaskShop<never>): Promise<RecordBody> {
  return desk.ask(async ({ kept }) => {
    const edge = await kept.edges.find(id);
    if (edge === undefined) throw recordNotFound('edge', id);
    return EDGES.bodyOf(edge);
  });
}
