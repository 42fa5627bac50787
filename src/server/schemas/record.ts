import { type Static, Type } from '@fastify/type-provider-typebox';
import type { NodeInput } from '../../model/graph-store.ts';

const nullableText = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

/** A node as it is answered. */
export const NodeRecord = Type.Object(
  {
    id: Type.String(),
    node_type: Type.String(),
    subtype: nullableText('what kind of node of its type it is'),
    name: Type.String({ description: 'one line' }),
    properties: Type.Unknown({ description: 'an object; text where somebody else wrote something else' }),
    source_table: nullableText('where it comes from'),
    source_id: nullableText('which row, or rows, it comes from'),
    created_at: nullableText('ISO 8601'),
    updated_at: nullableText('ISO 8601'),
    deleted_at: nullableText('when it was deleted; null where it is not'),
  },
  { $id: 'NodeRecord' },
);

/** The id of a record, in a path. */
export const IdParams = Type.Object({ id: Type.String({ minLength: 1 }) });

/** A node to be made. */
export const NodeBody = Type.Object(
  {
    id: Type.String({ minLength: 1, description: '512 bytes at the most' }),
    node_type: Type.String({ minLength: 1 }),
    name: Type.String({ minLength: 1 }),
    subtype: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    source_table: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    source_id: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  },
  { $id: 'NodeBody', additionalProperties: false },
);

/** Who writes. That it is there is looked at by the guard, which says what to send. */
export const ActorHeaders = Type.Object({
  'x-user': Type.Optional(Type.String({ description: 'who writes; it becomes the actor in the log of changes' })),
});

/** The node that a body asks for. */
export function nodeInput({ id, name, ...body }: Static<typeof NodeBody>): NodeInput {
  return {
    id,
    name,
    nodeType: body.node_type,
    subtype: body.subtype ?? null,
    properties: JSON.stringify(body.properties ?? {}),
    sourceTable: body.source_table ?? null,
    sourceId: body.source_id ?? null,
  };
}
