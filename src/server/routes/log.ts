import { Type } from '@fastify/type-provider-typebox';
import { actionOfLine } from '../../model/action-line.ts';
import { rawMember } from '../../model/raw-member.ts';
import { rowJson } from '../../render/kept-record.ts';
import type { App } from '../app.ts';
import { actorOf } from '../guards/actor-of.ts';
import { rawBody } from '../read-json.ts';
import { answers } from '../schemas/answers.ts';
import { ActorHeaders } from '../schemas/record.ts';
import { sendJson } from '../send-json.ts';
import type { Serving } from '../serving.ts';

const text = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));

const ActionBody = Type.Object(
  {
    action: Type.String({ minLength: 1, description: 'what was done, like LOGIN' }),
    user: text('the id of who did it; the system itself unless given'),
    user_name: text('the name of who did it'),
    category: text('USER_ACTION unless given'),
    details: Type.Optional(Type.Unknown({ description: 'what else is to be known: any JSON, 65,536 bytes of it' })),
    timestamp: text('when it was done; now unless given'),
    key: text('what tells it from all others: logged once more under the same key, nothing is written'),
  },
  { additionalProperties: false },
);

const Logged = Type.Object({
  id: Type.String(),
  is_new: Type.Boolean({ description: 'false where it was logged under the same key before' }),
  warnings: Type.Array(Type.String()),
});

/** What users did, written down as `log --stdin` does. */
export function logRoutes(app: App, { writer, options }: Serving): void {
  if (options.isReadOnly) return;
  const { maxRecords } = options;
  app.post(
    '/log',
    {
      schema: {
        ...{ tags: ['events'], summary: 'Log what a user did', headers: ActorHeaders, body: ActionBody },
        response: answers({ 200: Logged, 201: Logged }),
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const action = actionOfLine(request.body, rawMember(rawBody(request), 'details'));
      const { id, outcome, warnings } = await writer.call('logAction', { action, actor, maxRecords });
      const isNew = outcome === 'logged';
      reply.code(isNew ? 201 : 200).header('location', `/nodes/${encodeURIComponent(id)}`);
      return sendJson(reply, rowJson({ id, is_new: isNew, warnings }));
    },
  );
}
