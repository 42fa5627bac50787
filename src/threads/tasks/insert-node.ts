import type { NodeInput } from '../../model/graph-store.ts';
import { keptNodeRow } from '../../render/kept-record.ts';
import { type RecordBody, recordBody } from '../record-body.ts';
import type { TaskShop } from '../task.ts';

/** Makes a node. */
export async function insertNode(
  { node, actor }: { readonly node: NodeInput; readonly actor: string },
  { desk }: TaskShop<never>,
): Promise<RecordBody> {
  const store = await desk.store();
  return recordBody(keptNodeRow(await store.as(actor).nodes.insert(node)));
}
