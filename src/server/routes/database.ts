import { Type } from '@fastify/type-provider-typebox';
import type { App } from '../app.ts';
import { answers } from '../schemas/answers.ts';
import { AuditLog, AuditQuery, changeQuestion, DoctorReport, Health, HealthQuery } from '../schemas/database.ts';
import { Picture } from '../schemas/documents.ts';
import { sendJson } from '../send-json.ts';
import { sendSvg } from '../send-svg.ts';
import type { Serving } from '../serving.ts';
import { signalOf } from '../signal-of.ts';
import type { Slots } from '../slots.ts';

const tags = ['database'];

/** What is to be known of the whole database. */
export function databaseRoutes(app: App, serving: Serving, jobs: Slots): void {
  const { readers, options } = serving;
  app.get(
    '/db/health',
    {
      schema: {
        ...{ tags, summary: 'How the graph stands', querystring: HealthQuery },
        description: '503 where it cannot be read.',
        response: answers({ 200: Type.Union([Health, DoctorReport]) }),
      },
    },
    async ({ query }, reply) => {
      const signal = signalOf(reply);
      reply.header('cache-control', 'no-store');
      if (!query.deep) return sendJson(reply, await readers.call('checkHealth', {}, { signal }));
      return sendJson(reply, await jobs.during(() => serving.alone('examineAll', {}, { signal })));
    },
  );
  app.get(
    '/db/audit',
    {
      schema: {
        ...{ tags, summary: 'The log of changes, the newest first', querystring: AuditQuery },
        response: answers({ 200: AuditLog }),
      },
    },
    async ({ query }, reply) => {
      const question = changeQuestion(query, options.clock());
      return sendJson(reply, await readers.call('readAudit', question, { signal: signalOf(reply) }));
    },
  );
  app.get(
    '/db/diagram.svg',
    {
      schema: {
        ...{ tags, summary: 'The tables of the database, drawn' },
        response: answers({ 200: Picture }),
      },
    },
    async (_, reply) => sendSvg(reply, await readers.call('drawDiagram', {}, { signal: signalOf(reply) })),
  );
}
