import type { App } from '../app.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';

const RETRY_AFTER = '5';

/** Refuses requests that come over connections that were open already when the server began to end. */
export function refuseLate(app: App): void {
  let isEnding = false;
  app.addHook('preClose', async () => {
    isEnding = true;
  });
  app.addHook('onRequest', async () => {
    if (!isEnding) return;
    const problem = httpProblem(503, 'the server is ending', 'ask again when it is back');
    throw new RequestProblem(problem, { 'retry-after': RETRY_AFTER });
  });
}
