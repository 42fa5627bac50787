import { type Static, Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import { AUDIT_EVENT } from '../../model/node.ts';
import { parseSearch } from '../../model/search-question.ts';
import { rowJson } from '../../render/kept-record.ts';
import type { NodeList } from '../../threads/tasks/list-nodes.ts';
import type { App } from '../app.ts';
import { readNodeCursor, writeNodeCursor } from '../node-cursor.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';
import { answers, refTo } from '../schemas/answers.ts';
import { EventQuery, PageEnd } from '../schemas/list.ts';
import { ListedNode } from '../schemas/node.ts';
import { sendJson } from '../send-json.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';

const EventsQuery = Type.Object(EventQuery, { additionalProperties: false });
const NodesQuery = Type.Object(
  { type: Type.Optional(Type.String({ description: 'audit_event where events are asked for' })), ...EventQuery },
  { additionalProperties: false },
);
type NodesQuery = Static<typeof NodesQuery>;

const response = answers({ 200: Type.Object({ nodes: Type.Array(refTo(ListedNode)), ...PageEnd }) });

/** The order of all nodes. */
const BY_ID = 'all';

/** Nodes, page by page. */
export function nodeListRoutes(app: App, { readers, options }: Serving): void {
  const send = async (query: NodesQuery, reply: FastifyReply) => {
    const { list, order } = listOf(query, options.clock());
    const { nodes, next, warnings } = await readers.call('listNodes', list, { signal: signalOf(reply) });
    const cursor = next === undefined ? null : writeNodeCursor(order, next);
    return sendJson(reply, `{"nodes":[${nodes.join(',')}],${rowJson({ next: cursor, warnings }).slice(1)}`);
  };
  const description =
    'Without a type and a filter of events, all nodes in order of their ids; with a filter, events unless a type is named.';
  app.get(
    '/nodes',
    { schema: { tags: ['nodes'], summary: 'Nodes', description, querystring: NodesQuery, response } },
    async ({ query }, reply) => send(query, reply),
  );
  app.get(
    '/events',
    { schema: { tags: ['events'], summary: 'Events, the newest first', querystring: EventsQuery, response } },
    async ({ query }, reply) => send({ ...query, type: AUDIT_EVENT }, reply),
  );
}

function listOf(query: NodesQuery, now: number): { readonly list: NodeList; readonly order: string } {
  const { error_type: errorType, deleted, limit, cursor, sort, ...filters } = query;
  const isFiltered = errorType !== undefined || Object.values(filters).some((value) => value !== undefined);
  const after = (order: string) => (cursor === undefined ? undefined : readNodeCursor(order, cursor));
  if (!isFiltered) {
    if (sort !== undefined && sort !== 'id') throw noOrder(sort);
    return { list: { kind: 'all', limit, after: after(BY_ID), includeDeleted: deleted }, order: BY_ID };
  }
  const search = parseSearch({ ...filters, errorType, deleted, sort }, now, (part) =>
    part === 'errorType' ? 'error_type' : part,
  );
  const order = `${search.sort.isReversed ? '-' : ''}${search.sort.field}`;
  return { list: { kind: 'found', search, limit, after: after(order) }, order };
}

function noOrder(sort: string): RequestProblem {
  const detail = `all nodes are in order of their ids alone, and not of ${sort}`;
  return new RequestProblem(httpProblem(400, detail, 'name a type, like audit_event, or another filter'));
}
