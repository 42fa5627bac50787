import { type TSchema, Type } from '@fastify/type-provider-typebox';

/** So many records are made or deleted at once. */
const LARGEST_BATCH = 1000;

/** Bytes of a batch that is sent. */
export const LARGEST_BATCH_BODY = 33_554_432;

/** A batch of records to be made. */
export const batchOf = <Item extends TSchema>(item: Item) =>
  Type.Array(item, { minItems: 1, maxItems: LARGEST_BATCH, description: 'all of them are made, or none' });

/** Records to be deleted. */
export const IdsBody = Type.Object(
  {
    ids: Type.Array(Type.String(), {
      ...{ minItems: 1, maxItems: LARGEST_BATCH },
      description: 'those of them that are there are deleted',
    }),
  },
  { additionalProperties: false },
);

/** How many were deleted. */
export const Deleted = Type.Object({ deleted: Type.Integer({ description: 'those of them that were there' }) });
