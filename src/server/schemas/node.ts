import { type Static, Type } from '@fastify/type-provider-typebox';
import type { NodeInput } from '../../model/graph-store.ts';
import { rawProperties } from '../raw-properties.ts';
import { nullableText, Properties, TypeText } from './record.ts';

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

/** A node in a list: beside all that it is, when it was. */
export const ListedNode = Type.Object(
  {
    ...NodeRecord.properties,
    first: nullableText('when it was, or began; ISO 8601, as far as it says or is kept'),
    last: nullableText('when it was last'),
  },
  { $id: 'ListedNode' },
);

const fields = {
  node_type: TypeText,
  name: Type.String({ minLength: 1 }),
  subtype: Type.Optional(nullableText('what kind of node of its type it is')),
  properties: Type.Optional(Properties),
  source_table: Type.Optional(nullableText('where it comes from')),
  source_id: Type.Optional(nullableText('which row, or rows, it comes from')),
};

/** A node to be made. */
export const NodeBody = Type.Object(
  { id: Type.String({ minLength: 1, description: '512 bytes at the most' }), ...fields },
  { additionalProperties: false },
);

/** What of a node is to change. Its properties are replaced, not merged. */
export const NodeChanges = Type.Partial(Type.Object(fields), { additionalProperties: false });

/** The node that a body asks for; `raw` is the body as it came. */
export function nodeInput({ id, ...body }: Static<typeof NodeBody>, raw: string): NodeInput {
  return { ...nodeChanges(body, raw), id, nodeType: body.node_type, name: body.name };
}

/** What a body changes. */
export function nodeChanges(body: Static<typeof NodeChanges>, raw: string): Partial<Omit<NodeInput, 'id'>> {
  const properties = rawProperties(raw);
  return {
    ...(body.node_type !== undefined && { nodeType: body.node_type }),
    ...(body.name !== undefined && { name: body.name }),
    ...(body.subtype !== undefined && { subtype: body.subtype }),
    ...(properties !== undefined && { properties }),
    ...(body.source_table !== undefined && { sourceTable: body.source_table }),
    ...(body.source_id !== undefined && { sourceId: body.source_id }),
  };
}
