import { deletionVetoed, recordNotFound } from '../record-errors.ts';
import { EDGES, NODES, type RecordKind } from '../record-kind.ts';
import { type KnownVersions, requireVersion } from '../require-version.ts';
import type { Task } from '../task.ts';

export interface Deletion {
  readonly id: string;
  readonly known: KnownVersions;
  readonly actor: string;
}

/** Deletes a record that is there: a node is marked, an edge goes. */
function deleting<Kept, Input>(kind: RecordKind<Kept, Input>): Task<Deletion, void> {
  return ({ id, known, actor }, { desk }) =>
    desk.write(actor, async (store) => {
      const records = kind.recordsOf(store);
      const before = await records.get(id);
      if (before === undefined) throw recordNotFound(kind.what, id);
      requireVersion(known, kind.bodyOf(before), `${kind.what} ${id}`);
      if (!(await records.delete(id))) throw deletionVetoed(kind.what, id);
    });
}

export const deleteNode = deleting(NODES);
export const deleteEdge = deleting(EDGES);
