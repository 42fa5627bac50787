import type { RecordBody } from '../record-body.ts';
import { recordNotFound } from '../record-errors.ts';
import { EDGES, NODES } from '../record-kind.ts';
import { requireRoom } from '../require-room.ts';
import type { TaskShop } from '../task.ts';

export interface Restoration {
  readonly id: string;
  readonly actor: string;
}

/** Takes the mark of a deleted node away; one that has none stays as it is. */
export function restoreNode({ id, actor }: Restoration, { desk }: TaskShop<never>): Promise<RecordBody> {
  return desk.write(actor, async ({ nodes }) => {
    await nodes.restore(id);
    const node = await nodes.get(id);
    if (node === undefined) throw recordNotFound('node', id);
    return NODES.bodyOf(node);
  });
}

/** Makes an edge anew that was deleted, as it was; one that is there stays as it is. */
export function restoreEdge(
  { id, actor, maxRecords }: Restoration & { readonly maxRecords: number | undefined },
  { desk }: TaskShop<never>,
): Promise<RecordBody> {
  return desk.write(actor, async ({ edges }) => {
    const isBack = await edges.restore(id);
    const edge = await edges.get(id);
    if (edge === undefined) throw recordNotFound('edge', id);
    // It is among those that are counted already; where they are too many, nothing was done.
    if (isBack) await requireRoom(edges, { what: 'edge', type: edge.edgeType, wanted: 0, maxRecords });
    return EDGES.bodyOf(edge);
  });
}
