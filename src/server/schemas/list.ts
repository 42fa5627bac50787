import { Type } from '@fastify/type-provider-typebox';

const text = (description: string) => Type.Optional(Type.String({ description }));

/** Which page of a list is wanted. */
export const PageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  cursor: text('next of the page before'),
};

/** What answers have beside their page. */
export const PageEnd = {
  next: Type.Union([Type.String(), Type.Null()], { description: 'the cursor of the next page; null on the last one' }),
  warnings: Type.Array(Type.String(), { description: 'what is to be known of the way it was found' }),
};

/** When something was. */
export const RangeQuery = {
  since: text('2026-03-01, 2026-03-01T08:00:00Z, 7d or 2h'),
  until: text('the same; a day alone is its end'),
};

/** Which events are wanted. */
export const EventQuery = {
  subtype: text('the kind of event, like tool_error'),
  session: text('events of a session'),
  tool: text('errors of a tool'),
  agent: text('events with an edge to an agent'),
  task: text('events with an edge to a task'),
  error_type: text('errors of a type'),
  user: text('what a user did'),
  text: text('words that nodes have, or their beginnings'),
  ...RangeQuery,
  deleted: Type.Boolean({ default: false, description: 'those that are marked as deleted, too' }),
  sort: text('time (the newest first), id or name; with a - before it the other way round'),
  ...PageQuery,
};
