import { edgeId } from '../../model/edge.ts';
import { AuditError } from '../../model/errors.ts';
import type { EdgeInput } from '../../model/graph-store.ts';
import type { RecordBody } from '../record-body.ts';
import { recordNotFound } from '../record-errors.ts';
import { EDGES } from '../record-kind.ts';
import { type KnownVersions, requireVersion } from '../require-version.ts';
import type { TaskShop } from '../task.ts';

export interface EdgeUpdate {
  readonly id: string;
  readonly properties: EdgeInput['properties'];
  readonly known: KnownVersions;
  readonly actor: string;
}

/** Changes what an edge says; its type and its ends are its id. */
export function updateEdge(
  { id, properties, known, actor }: EdgeUpdate,
  { desk }: TaskShop<never>,
): Promise<RecordBody> {
  return desk.write(actor, async ({ edges }) => {
    const before = await edges.get(id);
    if (before === undefined) throw recordNotFound('edge', id);
    requireVersion(known, EDGES.bodyOf(before), `edge ${id}`);
    if (edgeId(before) !== id) throw foreignEdge(id);
    const { edgeType, fromNode, toNode } = before;
    return EDGES.bodyOf(await edges.save({ edgeType, fromNode, toNode, properties: properties ?? null }));
  });
}

function foreignEdge(id: string): AuditError {
  const message = `edge ${id} was made by another program, under an id that is not made of its type and ends`;
  return new AuditError('record-invalid', message, 'delete it, and make it anew');
}
