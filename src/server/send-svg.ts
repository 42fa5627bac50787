import type { FastifyReply } from 'fastify';

/** A picture has its style sheet within, and needs nothing else, whatever names stand in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Sends a picture. */
export function sendSvg(reply: FastifyReply, svg: string): FastifyReply {
  return reply.type('image/svg+xml; charset=utf-8').header('content-security-policy', POLICY).send(svg);
}
