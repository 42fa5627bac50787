import type { App } from '../app.ts';
import { actorOf } from '../guards/actor-of.ts';
import { knownVersions } from '../known-versions.ts';
import { rawBody } from '../read-json.ts';
import { answers, Nothing, refTo } from '../schemas/answers.ts';
import { EdgeBody, EdgeChanges, EdgeRecord, edgeInput, edgeProperties } from '../schemas/edge.ts';
import { ActorHeaders, ChangeHeaders, IdParams, ReadHeaders } from '../schemas/record.ts';
import { sendMade } from '../send-made.ts';
import { sendRecord } from '../send-record.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';

const tags = ['edges'];

/** Edges, one by one. */
export function edgeRoutes(app: App, { readers, writer, options }: Serving): void {
  app.get(
    '/edges/:id',
    {
      schema: {
        ...{ tags, summary: 'An edge', params: IdParams, headers: ReadHeaders },
        response: answers({ 200: refTo(EdgeRecord) }),
      },
    },
    async ({ params: { id }, headers }, reply) => {
      const body = await readers.call('getEdge', { id }, { signal: signalOf(reply) });
      return sendRecord(reply, body, headers['if-none-match']);
    },
  );
  if (options.isReadOnly) return;
  const { maxRecords } = options;
  app.post(
    '/edges',
    {
      schema: {
        ...{ tags, summary: 'Make an edge', headers: ActorHeaders, body: EdgeBody },
        response: answers({ 201: refTo(EdgeRecord) }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const inputs = [edgeInput(request.body, rawBody(request))];
      const [body] = await writer.call('insertEdges', { inputs, actor, maxRecords });
      return sendMade(reply, 'edges', body);
    },
  );
  app.put(
    '/edges/:id',
    {
      schema: {
        ...{ tags, summary: 'Change what an edge says', params: IdParams, headers: ChangeHeaders, body: EdgeChanges },
        response: answers({ 200: refTo(EdgeRecord) }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const known = knownVersions(request.headers['if-match']);
      const properties = edgeProperties(rawBody(request));
      const update = { id: request.params.id, properties, known, actor };
      return sendRecord(reply, await writer.call('updateEdge', update), undefined);
    },
  );
  app.delete(
    '/edges/:id',
    {
      schema: {
        ...{ tags, summary: 'Delete an edge; it can be brought back', params: IdParams, headers: ChangeHeaders },
        response: answers({ 204: Nothing }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const known = knownVersions(request.headers['if-match']);
      await writer.call('deleteEdge', { id: request.params.id, known, actor });
      return reply.code(204).send();
    },
  );
  app.post(
    '/edges/:id/restore',
    {
      schema: {
        ...{ tags, summary: 'Bring a deleted edge back, as it was', params: IdParams, headers: ActorHeaders },
        response: answers({ 200: refTo(EdgeRecord) }),
      },
    },
    async (request, reply) => {
      const restoration = { id: request.params.id, actor: actorOf(request), maxRecords };
      return sendRecord(reply, await writer.call('restoreEdge', restoration), undefined);
    },
  );
}
