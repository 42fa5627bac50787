import type { FastifyRequest } from 'fastify';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';

const LONGEST_ACTOR = 200;

/** Who a request that writes is from: its `X-User`, in UTF-8. */
export function actorOf({ headers }: FastifyRequest): string {
  const given = headers['x-user'];
  // Node reads headers byte by byte.
  const actor = typeof given === 'string' ? Buffer.from(given, 'latin1').toString('utf8').trim() : '';
  if (actor !== '' && actor.length <= LONGEST_ACTOR && !/[\p{Cc}\ufffd]/u.test(actor)) return actor;
  const hint = `send X-User with the name of whoever changes something, ${LONGEST_ACTOR} characters at the most`;
  throw new RequestProblem(httpProblem(400, 'the header X-User is missing or no name', hint));
}
