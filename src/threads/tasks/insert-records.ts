import type { RecordBody } from '../record-body.ts';
import { EDGES, NODES, type RecordKind } from '../record-kind.ts';
import { requireRoom } from '../require-room.ts';
import type { Task } from '../task.ts';

export interface Insertion<Input> {
  readonly inputs: readonly Input[];
  readonly actor: string;
  readonly maxRecords: number | undefined;
}

/** Makes records: all of them or none. */
function inserting<Kept, Input>(kind: RecordKind<Kept, Input>): Task<Insertion<Input>, readonly RecordBody[]> {
  return ({ inputs, actor, maxRecords }, { desk }) =>
    desk.write(actor, async (store) => {
      const records = kind.recordsOf(store);
      const counts = new Map<string, number>();
      for (const type of inputs.map(kind.typeOf)) counts.set(type, (counts.get(type) ?? 0) + 1);
      for (const [type, wanted] of counts) await requireRoom(records, { what: kind.what, type, wanted, maxRecords });
      return (await records.insertMany(inputs)).map(kind.bodyOf);
    });
}

export const insertNodes = inserting(NODES);
export const insertEdges = inserting(EDGES);
