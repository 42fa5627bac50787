import { join } from 'node:path';
import { Type } from '@fastify/type-provider-typebox';
import type { App } from '../app.ts';
import { inPrivateFolder } from '../files/private-folder.ts';
import { receiveFile } from '../files/receive-file.ts';
import { FILE_TYPES, sentFile, takeFiles } from '../files/sent-file.ts';
import { actorOf } from '../guards/actor-of.ts';
import { answers } from '../schemas/answers.ts';
import { RestoreQuery, RestoreReport } from '../schemas/database.ts';
import { ActorHeaders } from '../schemas/record.ts';
import { sendJson } from '../send-json.ts';
import type { Serving } from '../serving.ts';
import { validate } from '../validate.ts';

const Bytes = Type.String({ format: 'binary', description: 'a backup' });
const Form = Type.Object({ file: Bytes });

/** What is sent is a stream, which is looked at when it is written. */
const validateAround: typeof validate = (route) => (route.httpPart === 'body' ? () => true : validate(route));

/** Puts a backup in the place of what there is. */
export async function restoreRoute(app: App, serving: Serving): Promise<void> {
  const { largestUpload } = serving.options;
  await takeFiles(app);
  app.post(
    '/db/restore',
    {
      // What is sent is counted where it is written.
      bodyLimit: Number.MAX_SAFE_INTEGER,
      config: { takesFiles: true },
      validatorCompiler: validateAround,
      schema: {
        tags: ['database'],
        summary: 'Restore a backup',
        description:
          'What was there is kept beside the graph, under a name with the date. Whatever happens, the graph holds the one or the other, whole. 409 while a run or another job is going on.',
        headers: ActorHeaders,
        querystring: RestoreQuery,
        body: {
          content: {
            ...Object.fromEntries(FILE_TYPES.map((type) => [type, { schema: Bytes }])),
            'multipart/form-data': { schema: Form },
          },
        },
        response: answers({ 200: RestoreReport }),
      },
    },
    async (request, reply) => {
      actorOf(request);
      const { integrity_check: integrityCheck = true, dry_run: dryRun = false } = request.query;
      const json = await inPrivateFolder(async (folder) => {
        const file = join(folder, 'sent.db');
        await receiveFile(await sentFile(request), file, largestUpload);
        return serving.restore({ file, dryRun, integrityCheck });
      });
      return sendJson(reply, json);
    },
  );
}
