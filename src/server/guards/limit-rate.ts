import rateLimit from '@fastify/rate-limit';
import type { App } from '../app.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';

/** Refuses an address that asks more often than so many times a second, whatever it asks for and however that ends. */
export async function limitRate(app: App, requestsPerSecond: number): Promise<void> {
  await app.register(rateLimit, {
    // One hook for all, before any other: those of routes come after a wrong token was refused, or would not come at all.
    global: false,
    max: requestsPerSecond,
    timeWindow: 1000,
    errorResponseBuilder: (_, { after }) =>
      new RequestProblem(httpProblem(429, 'too many requests at once', `wait ${after}, or raise --rate-limit`)),
  });
  app.addHook('onRequest', app.rateLimit());
}
