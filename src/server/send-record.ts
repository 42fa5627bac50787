import type { FastifyReply } from 'fastify';
import type { RecordBody } from '../threads/record-body.ts';
import { sendJson } from './send-json.ts';

/** The entity tag of a version of a record. */
const tagOf = (version: string): string => `"${version}"`;

/** Sends a record, or only that it is the one that the client has already. */
export function sendRecord(
  reply: FastifyReply,
  { json, version }: RecordBody,
  known: string | undefined,
): FastifyReply {
  reply.header('etag', tagOf(version));
  if (known !== undefined && isAmong(known, version)) return reply.code(304).send();
  return sendJson(reply, json);
}

/** Whether a version is among the tags of an `If-None-Match`; `*` stands for any. */
function isAmong(tags: string, version: string): boolean {
  return tags.split(',').some((tag) => ['*', tagOf(version)].includes(tag.trim().replace(/^W\//, '')));
}
