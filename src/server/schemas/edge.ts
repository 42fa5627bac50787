import { type Static, Type } from '@fastify/type-provider-typebox';
import type { EdgeInput } from '../../model/graph-store.ts';
import { rawProperties } from '../raw-properties.ts';
import { nullableText, Properties, TypeText } from './record.ts';

/** An edge as it is answered. */
export const EdgeRecord = Type.Object(
  {
    id: Type.String({ description: 'made of its type and its ends, where this program made it' }),
    edge_type: Type.String(),
    from_node: Type.String({ description: 'the id of the node that it leaves' }),
    to_node: Type.String({ description: 'the id of the node that it leads to' }),
    properties: Type.Unknown({ description: 'an object, or null; text where somebody else wrote something else' }),
    created_at: nullableText('ISO 8601'),
    updated_at: nullableText('ISO 8601'),
  },
  { $id: 'EdgeRecord' },
);

const EdgeProperties = Type.Union([Properties, Type.Null()]);

/** An edge to be made. */
export const EdgeBody = Type.Object(
  {
    edge_type: TypeText,
    from_node: Type.String({ minLength: 1, description: 'the id of a node that is there' }),
    to_node: Type.String({ minLength: 1, description: 'the id of a node that is there' }),
    properties: Type.Optional(EdgeProperties),
  },
  { additionalProperties: false },
);

/** What an edge is to say; all else is its id. */
export const EdgeChanges = Type.Object({ properties: EdgeProperties }, { additionalProperties: false });

/** The edge that a body asks for; `raw` is the body as it came. */
export function edgeInput({ edge_type, from_node, to_node }: Static<typeof EdgeBody>, raw: string): EdgeInput {
  return { edgeType: edge_type, fromNode: from_node, toNode: to_node, properties: edgeProperties(raw) };
}

/** Its properties as they were sent; null where it says nothing. */
export function edgeProperties(raw: string): string | null {
  const json = rawProperties(raw);
  return json === undefined || json === 'null' ? null : json;
}
