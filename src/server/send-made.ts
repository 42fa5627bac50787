import type { FastifyReply } from 'fastify';
import type { RecordBody } from '../threads/record-body.ts';
import { sendRecord } from './send-record.ts';

/** Sends a record that was just made, and where it is. */
export function sendMade(reply: FastifyReply, kind: 'nodes' | 'edges', body: RecordBody | undefined): FastifyReply {
  if (body === undefined) throw new Error('a record was made, and none is there');
  reply.code(201).header('location', `/${kind}/${encodeURIComponent(body.id)}`);
  return sendRecord(reply, body, undefined);
}
