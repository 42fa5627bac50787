import type { FastifyReply } from 'fastify';

const asItIs = (text: string): string => text;

/** Sends JSON that is text already. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').serializer(asItIs).send(json);
}
