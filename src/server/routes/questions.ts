import { Type } from '@fastify/type-provider-typebox';
import { MOST_FOUND } from '../../model/search.ts';
import { STATISTIC_VIEWS } from '../../model/statistics.ts';
import { parseView } from '../../model/statistics-question.ts';
import { parseTimeRange } from '../../model/time-range.ts';
import type { App } from '../app.ts';
import { answers } from '../schemas/answers.ts';
import { documentOf } from '../schemas/documents.ts';
import { RangeQuery } from '../schemas/list.ts';
import { sendJson } from '../send-json.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['events'];
const text = (description: string) => Type.Optional(Type.String({ description }));
const count = (given: object) => Type.Integer({ minimum: 1, maximum: MOST_FOUND, ...given });
/** Parameters are called as they are. */
const asWritten = (part: string): string => (part === 'errorType' ? 'error_type' : part);

const TrailQuery = Type.Object({ trail: text("the graph's own unless named") }, { additionalProperties: false });

const UserParams = Type.Object({ user: Type.String({ minLength: 1, description: 'as actions name who did them' }) });
const ActivityQuery = Type.Object({ ...RangeQuery, limit: count({ default: 50 }) }, { additionalProperties: false });

const StatsQuery = Type.Object(
  {
    by: text(`one of ${STATISTIC_VIEWS.join(', ')}; all of them unless named`),
    tool: text('errors of a tool; goes with by'),
    error_type: text('errors of a type; goes with by'),
    ...RangeQuery,
    limit: Type.Optional(count({ description: 'rows of each part' })),
  },
  { additionalProperties: false },
);

/** Questions about the events of the graph, answered as the command line answers them. */
export function questionRoutes(app: App, { readers, options }: Serving): void {
  app.get(
    '/trail',
    {
      schema: {
        ...{ tags, summary: 'What hangs on a trail', querystring: TrailQuery },
        response: answers({ 200: documentOf('trail') }),
      },
    },
    async ({ query: { trail } }, reply) =>
      sendJson(reply, await readers.call('readTrail', { trail }, { signal: signalOf(reply) })),
  );
  app.get(
    '/activity/:user',
    {
      schema: {
        ...{ tags, summary: 'What a user did, the newest first', params: UserParams, querystring: ActivityQuery },
        response: answers({ 200: documentOf('activity') }),
      },
    },
    async ({ params: { user }, query }, reply) => {
      const question = { user, limit: query.limit, ...parseTimeRange(query, options.clock(), asWritten) };
      return sendJson(reply, await readers.call('readActivity', question, { signal: signalOf(reply) }));
    },
  );
  app.get(
    '/stats',
    {
      schema: {
        ...{ tags, summary: 'How many errors, sessions and tasks there are, by what', querystring: StatsQuery },
        response: answers({ 200: documentOf('stats') }),
      },
    },
    async ({ query }, reply) => {
      const { by, tool, error_type: errorType, limit } = query;
      const view = parseView({ by, tool, errorType }, asWritten);
      const filter = { tool, errorType, ...parseTimeRange(query, options.clock(), asWritten) };
      const question = { view, filter, limit };
      return sendJson(reply, await readers.call('readStatistics', question, { signal: signalOf(reply) }));
    },
  );
}
