import type { FastifyReply } from 'fastify';

/** Aborted when the client goes away before it was answered, so that nobody works for it any more. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort('reader-gone');
  });
  return controller.signal;
}
