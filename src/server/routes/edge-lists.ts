import { Type } from '@fastify/type-provider-typebox';
import { rowJson } from '../../render/kept-record.ts';
import type { App } from '../app.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { answers, refTo } from '../schemas/answers.ts';
import { EdgeRecord } from '../schemas/edge.ts';
import { PageEnd, PageQuery } from '../schemas/list.ts';
import { sendJson } from '../send-json.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';

const text = (description: string) => Type.Optional(Type.String({ description }));

const EdgesQuery = Type.Object(
  {
    type: text('edges of a type'),
    from: text('edges that leave a node'),
    to: text('edges that lead to a node'),
    ...PageQuery,
  },
  { additionalProperties: false },
);

/** Edges, page by page. */
export function edgeListRoutes(app: App, { readers }: Serving): void {
  app.get(
    '/edges',
    {
      schema: {
        ...{ tags: ['edges'], summary: 'Edges', querystring: EdgesQuery },
        response: answers({ 200: Type.Object({ edges: Type.Array(refTo(EdgeRecord)), ...PageEnd }) }),
      },
    },
    async ({ query: { cursor, ...question } }, reply) => {
      const order = [
        'edges',
        ...(['type', 'from', 'to'] as const).filter((part) => question[part] !== undefined),
      ].join();
      const after = cursor === undefined ? undefined : readCursor(cursor, order).map(String);
      const { edges, next } = await readers.call('listEdges', { ...question, after }, { signal: signalOf(reply) });
      const end = rowJson({ next: next === undefined ? null : writeCursor(order, next), warnings: [] });
      return sendJson(reply, `{"edges":[${edges.join(',')}],${end.slice(1)}`);
    },
  );
}
