import { Type } from '@fastify/type-provider-typebox';

const TYPE_LENGTH = 200;

/** A text that may be null. */
export const nullableText = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

/** A type of nodes or edges that is written. */
export const TypeText = Type.String({ minLength: 1, maxLength: TYPE_LENGTH });

/** Properties that are written. They are stored as they were sent, to the last digit of their numbers. */
export const Properties = Type.Record(Type.String(), Type.Unknown());

/** The id of a record, in a path. */
export const IdParams = Type.Object({ id: Type.String({ minLength: 1, description: 'its slashes as %2F' }) });

/** Who writes. That it is there is looked at by the guard, which says what to send. */
export const ActorHeaders = Type.Object({
  'x-user': Type.Optional(Type.String({ description: 'who writes; it becomes the actor in the log of changes' })),
});

/** Who changes which version. */
export const ChangeHeaders = Type.Object({
  ...ActorHeaders.properties,
  'if-match': Type.Optional(
    Type.String({ description: 'an ETag: the change is refused where the record is another by now' }),
  ),
});

/** Which version a client has already. */
export const ReadHeaders = Type.Object({
  'if-none-match': Type.Optional(Type.String({ description: 'an ETag: without the body where nothing has changed' })),
});
