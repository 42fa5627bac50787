import { Type } from '@fastify/type-provider-typebox';
import type { App } from '../app.ts';
import { actorOf } from '../guards/actor-of.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';
import { ActorHeaders, IdParams, NodeBody, NodeRecord, nodeInput } from '../schemas/record.ts';
import { sendRecord } from '../send-record.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';

/** Nodes, one by one. */
export function nodeRoutes(app: App, { readers, writer, options }: Serving): void {
  app.get(
    '/nodes/:id',
    {
      schema: {
        tags: ['nodes'],
        summary: 'A node',
        params: IdParams,
        querystring: Type.Object(
          { deleted: Type.Boolean({ default: false, description: 'find it where it is deleted, too' }) },
          { additionalProperties: false },
        ),
        response: { 200: NodeRecord },
      },
    },
    async ({ params: { id }, query, headers }, reply) => {
      const body = await readers.call('getNode', { id, includeDeleted: query.deleted }, { signal: signalOf(reply) });
      if (body === undefined) throw new RequestProblem(httpProblem(404, `there is no node ${id}`));
      return sendRecord(reply, body, headers['if-none-match']);
    },
  );
  if (options.isReadOnly) return;
  app.post(
    '/nodes',
    {
      schema: {
        tags: ['nodes'],
        summary: 'Make a node',
        headers: ActorHeaders,
        body: NodeBody,
        response: { 201: NodeRecord },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const body = await writer.call('insertNode', { node: nodeInput(request.body), actor });
      reply.code(201).header('location', `/nodes/${encodeURIComponent(request.body.id)}`);
      return sendRecord(reply, body, undefined);
    },
  );
}
