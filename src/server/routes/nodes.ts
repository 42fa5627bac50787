import { Type } from '@fastify/type-provider-typebox';
import type { App } from '../app.ts';
import { actorOf } from '../guards/actor-of.ts';
import { knownVersions } from '../known-versions.ts';
import { rawBody } from '../read-json.ts';
import { answers, Nothing, refTo } from '../schemas/answers.ts';
import { NodeBody, NodeChanges, NodeRecord, nodeChanges, nodeInput } from '../schemas/node.ts';
import { ActorHeaders, ChangeHeaders, IdParams, ReadHeaders } from '../schemas/record.ts';
import { sendMade } from '../send-made.ts';
import { sendRecord } from '../send-record.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['nodes'];

/** Nodes, one by one. */
export function nodeRoutes(app: App, { readers, writer, options }: Serving): void {
  app.get(
    '/nodes/:id',
    {
      schema: {
        ...{ tags, summary: 'A node', params: IdParams, headers: ReadHeaders },
        querystring: Type.Object(
          { deleted: Type.Boolean({ default: false, description: 'find it where it is deleted, too' }) },
          { additionalProperties: false },
        ),
        response: answers({ 200: refTo(NodeRecord) }),
      },
    },
    async ({ params: { id }, query, headers }, reply) => {
      const body = await readers.call('getNode', { id, includeDeleted: query.deleted }, { signal: signalOf(reply) });
      return sendRecord(reply, body, headers['if-none-match']);
    },
  );
  if (options.isReadOnly) return;
  const { maxRecords } = options;
  app.post(
    '/nodes',
    {
      schema: {
        ...{ tags, summary: 'Make a node', headers: ActorHeaders, body: NodeBody },
        response: answers({ 201: refTo(NodeRecord) }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const input = nodeInput(request.body, rawBody(request));
      const [body] = await writer.call('insertNodes', { inputs: [input], actor, maxRecords });
      return sendMade(reply, 'nodes', body);
    },
  );
  app.put(
    '/nodes/:id',
    {
      schema: {
        ...{ tags, summary: 'Change a node: what is given, all else stays', params: IdParams },
        ...{ headers: ChangeHeaders, body: NodeChanges },
        response: answers({ 200: refTo(NodeRecord) }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const known = knownVersions(request.headers['if-match']);
      const changes = nodeChanges(request.body, rawBody(request));
      const update = { id: request.params.id, changes, known, actor, maxRecords };
      return sendRecord(reply, await writer.call('updateNode', update), undefined);
    },
  );
  app.delete(
    '/nodes/:id',
    {
      schema: {
        ...{ tags, summary: 'Delete a node; it can be brought back', params: IdParams, headers: ChangeHeaders },
        response: answers({ 204: Nothing }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const known = knownVersions(request.headers['if-match']);
      await writer.call('deleteNode', { id: request.params.id, known, actor });
      return reply.code(204).send();
    },
  );
  app.post(
    '/nodes/:id/restore',
    {
      schema: {
        ...{ tags, summary: 'Bring a deleted node back', params: IdParams, headers: ActorHeaders },
        response: answers({ 200: refTo(NodeRecord) }),
      },
    },
    async (request, reply) => {
      const restoration = { id: request.params.id, actor: actorOf(request) };
      return sendRecord(reply, await writer.call('restoreNode', restoration), undefined);
    },
  );
}
