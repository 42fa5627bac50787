import { Type } from '@fastify/type-provider-typebox';
import { LARGEST_DEPTH, MOST_NODES } from '../../model/neighborhood.ts';
import { MOST_EDGES } from '../../model/node-card.ts';
import type { App } from '../app.ts';
import { answers } from '../schemas/answers.ts';
import { documentOf, Picture } from '../schemas/documents.ts';
import { IdParams } from '../schemas/record.ts';
import { sendJson } from '../send-json.ts';
import { sendSvg } from '../send-svg.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['nodes'];

const CardQuery = Type.Object(
  { edges: Type.Integer({ minimum: 0, maximum: MOST_EDGES, default: 20, description: 'so many in each direction' }) },
  { additionalProperties: false },
);

const NeighborsQuery = Type.Object(
  {
    depth: Type.Integer({ minimum: 1, maximum: LARGEST_DEPTH, default: 1, description: 'so many edges away' }),
    limit: Type.Integer({ minimum: 1, maximum: MOST_NODES, default: 50, description: 'so many nodes in all' }),
  },
  { additionalProperties: false },
);

/** What there is to be seen of a node: itself, and what is around it. */
export function nodeViewRoutes(app: App, { readers }: Serving): void {
  app.get(
    '/nodes/:id/card',
    {
      schema: {
        ...{ tags, summary: 'A node with its edges and its history', params: IdParams, querystring: CardQuery },
        response: answers({ 200: documentOf('show') }),
      },
    },
    async ({ params: { id }, query: { edges } }, reply) =>
      sendJson(reply, await readers.call('showNode', { id, edges }, { signal: signalOf(reply) })),
  );
  app.get(
    '/nodes/:id/neighbors',
    {
      schema: {
        ...{ tags, summary: 'What is around a node', params: IdParams, querystring: NeighborsQuery },
        response: answers({ 200: documentOf('neighbors') }),
      },
    },
    async ({ params: { id }, query }, reply) =>
      sendJson(reply, await readers.call('readNeighbors', { id, ...query }, { signal: signalOf(reply) })),
  );
  app.get(
    '/nodes/:id/picture.svg',
    {
      schema: {
        ...{ tags, summary: 'A picture of what is around a node', params: IdParams, querystring: NeighborsQuery },
        response: answers({ 200: Picture }),
      },
    },
    async ({ params: { id }, query }, reply) =>
      sendSvg(reply, await readers.call('drawNeighbors', { id, ...query }, { signal: signalOf(reply) })),
  );
}
