import { EDGES, NODES, type RecordKind } from '../record-kind.ts';
import type { Task } from '../task.ts';

export interface Deletions {
  readonly ids: readonly string[];
  readonly actor: string;
}

/** Deletes those of some records that are there; gives how many they were. */
function deleting<Kept, Input>(kind: RecordKind<Kept, Input>): Task<Deletions, number> {
  return ({ ids, actor }, { desk }) => desk.write(actor, (store) => kind.recordsOf(store).deleteMany(ids));
}

export const deleteNodes = deleting(NODES);
export const deleteEdges = deleting(EDGES);
