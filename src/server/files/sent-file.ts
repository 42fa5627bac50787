import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';

/** The types that a database is sent as, as it is. */
export const FILE_TYPES = ['application/vnd.sqlite3', 'application/x-sqlite3', 'application/octet-stream'] as const;

const FIELD = 'file';

/** Lets routes of an app take files, as the body or as a field of a form; whoever reads them bounds their size. */
export async function takeFiles(app: App): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 10, parts: 11, fileSize: Number.POSITIVE_INFINITY },
    throwFileSizeLimit: false,
  });
  app.addContentTypeParser([...FILE_TYPES], (_, payload, done) => done(null, payload));
}

/** The file of a request, as it comes. */
export async function sentFile(request: FastifyRequest): Promise<Readable> {
  if (request.body instanceof Readable) return request.body;
  const hint = `send it as ${FILE_TYPES[0]}, or as multipart/form-data`;
  if (!request.isMultipart()) throw new RequestProblem(httpProblem(415, 'this is no file', hint));
  const part = await request.file();
  if (part?.fieldname === FIELD) return part.file;
  part?.file.resume();
  throw new RequestProblem(httpProblem(400, `the form has no file in a field ${FIELD}`, hint));
}
