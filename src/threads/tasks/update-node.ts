import type { NodeInput } from '../../model/graph-store.ts';
import type { RecordBody } from '../record-body.ts';
import { recordNotFound } from '../record-errors.ts';
import { NODES } from '../record-kind.ts';
import { requireRoom } from '../require-room.ts';
import { type KnownVersions, requireVersion } from '../require-version.ts';
import type { TaskShop } from '../task.ts';

export interface NodeUpdate {
  readonly id: string;
  /** What is given changes, all else stays as it is. */
  readonly changes: Partial<Omit<NodeInput, 'id'>>;
  readonly known: KnownVersions;
  readonly actor: string;
  readonly maxRecords: number | undefined;
}

/** Changes a node that is there. */
export function updateNode(
  { id, changes, known, actor, maxRecords }: NodeUpdate,
  { desk }: TaskShop<never>,
): Promise<RecordBody> {
  return desk.write(actor, async ({ nodes }) => {
    const before = await nodes.get(id);
    if (before === undefined) throw recordNotFound('node', id);
    requireVersion(known, NODES.bodyOf(before), `node ${id}`);
    const type = changes.nodeType ?? before.nodeType;
    if (type !== before.nodeType) await requireRoom(nodes, { what: 'node', type, wanted: 1, maxRecords });
    return NODES.bodyOf(await nodes.save({ ...before, ...changes, id }));
  });
}
