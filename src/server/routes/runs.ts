import { Type } from '@fastify/type-provider-typebox';
import type { App } from '../app.ts';
import { actorOf } from '../guards/actor-of.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';
import { EventStream } from '../runs/event-stream.ts';
import type { ExtractionRun } from '../runs/extraction-run.ts';
import type { ExtractionRuns } from '../runs/extraction-runs.ts';
import { answers, refTo } from '../schemas/answers.ts';
import { ActorHeaders } from '../schemas/record.ts';
import { RunBody, RunParams, RunRecord, RunWithReport, runOrder } from '../schemas/run.ts';
import { sendJson } from '../send-json.ts';
import type { Serving } from '../serving.ts';

const tags = ['runs'];

const EventText = { type: 'string' };

/** Extractions: started, looked at, followed, interrupted. */
export function runRoutes(app: App, { options }: Serving, runs: ExtractionRuns): void {
  const find = (id: string): ExtractionRun => {
    const run = runs.all.find((one) => one.id === id);
    if (run !== undefined) return run;
    const hint = 'GET /runs lists those that the server remembers; audit-extract status knows those before';
    throw new RequestProblem(httpProblem(404, `there is no run ${id}`, hint));
  };
  app.post(
    '/runs',
    {
      // All of it may be left out.
      preValidation: async (request) => {
        request.body ??= {};
      },
      schema: {
        // Where there is nothing to read, it only says so.
        hide: options.settings.source === undefined,
        ...{ tags, summary: 'Start a run', headers: ActorHeaders, body: RunBody },
        description:
          'One at a time: 409 while another one is going on, here or elsewhere. With --read-only, dry runs alone.',
        response: answers({ 202: RunWithReport }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const order = runOrder(request.body);
      if (options.isReadOnly && !order.dryRun) {
        const hint = 'ask for a dry run with {"dry_run": true}, or start the server without --read-only';
        throw new RequestProblem(httpProblem(403, 'this server writes nothing', hint));
      }
      const run = await runs.start(order, actor);
      reply.code(202).header('location', `/runs/${run.id}`);
      return sendJson(reply, run.json('with-report'));
    },
  );
  app.get(
    '/runs',
    {
      schema: {
        ...{ tags, summary: 'The last runs that were started here, the newest first' },
        response: answers({ 200: Type.Object({ runs: Type.Array(refTo(RunRecord)) }) }),
      },
    },
    async (_, reply) => sendJson(reply, `{"runs":[${runs.all.map((run) => run.json('alone')).join(',')}]}`),
  );
  app.get(
    '/runs/:id',
    {
      schema: {
        ...{ tags, summary: 'A run, and its report', params: RunParams },
        response: answers({ 200: RunWithReport }),
      },
    },
    async ({ params: { id } }, reply) => sendJson(reply, find(id).json('with-report')),
  );
  app.get(
    '/runs/:id/events',
    {
      // Asked for its head alone, it would never end.
      exposeHeadRoute: false,
      schema: {
        ...{ tags, summary: 'What happens in a run, as it happens', params: RunParams },
        description: 'Server-sent events; `run-finished`, which has the run with its report, is the last one.',
        headers: Type.Object({
          'last-event-id': Type.Optional(Type.Integer({ minimum: 0, description: 'go on after this event' })),
        }),
        response: answers({ 200: { description: 'events', content: { 'text/event-stream': { schema: EventText } } } }),
      },
    },
    async ({ params: { id }, headers }, reply) => {
      const stream = new EventStream(find(id).events, headers['last-event-id'] ?? 0);
      reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store');
      return reply.send(stream);
    },
  );
  app.delete(
    '/runs/:id',
    {
      schema: {
        ...{ tags, summary: 'Interrupt a run', params: RunParams },
        description: 'It ends when the batch that it is at is in; a later run goes on from there.',
        response: answers({ 200: RunWithReport, 202: RunWithReport }),
      },
    },
    async ({ params: { id } }, reply) => {
      const run = find(id);
      run.interrupt('SIGINT');
      return sendJson(reply.code(run.isOver ? 200 : 202), run.json('with-report'));
    },
  );
}
