import { Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rawItems, rawMember } from '../../model/raw-member.ts';
import { rowJson } from '../../render/kept-record.ts';
import type { RecordBody } from '../../threads/record-body.ts';
import type { App } from '../app.ts';
import { actorOf } from '../guards/actor-of.ts';
import { rawBody } from '../read-json.ts';
import { answers, refTo } from '../schemas/answers.ts';
import { batchOf, Deleted, IdsBody, LARGEST_BATCH_BODY } from '../schemas/batch.ts';
import { EdgeBody, EdgeRecord, edgeInput } from '../schemas/edge.ts';
import { NodeBody, NodeRecord, nodeInput } from '../schemas/node.ts';
import { ActorHeaders } from '../schemas/record.ts';
import { sendJson } from '../send-json.ts';
import type { Serving } from '../serving.ts';

const NodesBody = Type.Object({ nodes: batchOf(NodeBody) }, { additionalProperties: false });
const EdgesBody = Type.Object({ edges: batchOf(EdgeBody) }, { additionalProperties: false });

/** Many nodes or edges at once. */
export function batchRoutes(app: App, { writer, options }: Serving): void {
  if (options.isReadOnly) return;
  const { maxRecords } = options;
  const bodyLimit = LARGEST_BATCH_BODY;
  const headers = ActorHeaders;
  app.post(
    '/nodes/batch',
    {
      bodyLimit,
      schema: {
        ...{ tags: ['nodes'], summary: 'Make many nodes, or none of them', headers, body: NodesBody },
        response: answers({ 201: Type.Object({ nodes: Type.Array(refTo(NodeRecord)) }) }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const raw = rawRecords(request, 'nodes');
      const inputs = request.body.nodes.map((node, at) => nodeInput(node, raw[at] ?? ''));
      return sendAll(reply, 'nodes', await writer.call('insertNodes', { inputs, actor, maxRecords }));
    },
  );
  app.post(
    '/edges/batch',
    {
      bodyLimit,
      schema: {
        ...{ tags: ['edges'], summary: 'Make many edges, or none of them', headers, body: EdgesBody },
        response: answers({ 201: Type.Object({ edges: Type.Array(refTo(EdgeRecord)) }) }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const raw = rawRecords(request, 'edges');
      const inputs = request.body.edges.map((edge, at) => edgeInput(edge, raw[at] ?? ''));
      return sendAll(reply, 'edges', await writer.call('insertEdges', { inputs, actor, maxRecords }));
    },
  );
  for (const [kind, task] of [
    ['nodes', 'deleteNodes'],
    ['edges', 'deleteEdges'],
  ] as const) {
    app.post(
      `/${kind}/batch-delete`,
      {
        bodyLimit,
        schema: {
          ...{ tags: [kind], summary: `Delete many ${kind}; they can be brought back`, headers, body: IdsBody },
          response: answers({ 200: Deleted }),
        },
      },
      async (request, reply) => {
        const deleted = await writer.call(task, { actor: actorOf(request), ids: request.body.ids });
        return sendJson(reply, rowJson({ deleted }));
      },
    );
  }
}

/** The records of a batch as they were sent. */
function rawRecords(request: FastifyRequest, name: 'nodes' | 'edges'): readonly string[] {
  return rawItems(rawMember(rawBody(request), name) ?? '[]');
}

function sendAll(reply: FastifyReply, name: 'nodes' | 'edges', bodies: readonly RecordBody[]): FastifyReply {
  return sendJson(reply.code(201), `{"${name}":[${bodies.map(({ json }) => json).join(',')}]}`);
}
