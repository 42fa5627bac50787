import { keptNodeRow } from '../../render/kept-record.ts';
import { type RecordBody, recordBody } from '../record-body.ts';
import type { TaskShop } from '../task.ts';

/** Reads one node; undefined where there is none, or it is deleted and such are not wanted. */
export function getNode(
  { id, includeDeleted }: { readonly id: string; readonly includeDeleted: boolean },
  { desk }: TaskShop<never>,
): Promise<RecordBody | undefined> {
  return desk.ask(({ kept }) => {
    const node = kept.nodes.find(id);
    if (node === undefined || (node.deletedAt !== null && !includeDeleted)) return undefined;
    return recordBody(keptNodeRow(node));
  });
}
