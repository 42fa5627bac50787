import { createHash, timingSafeEqual } from 'node:crypto';
import type { App } from '../app.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';

/** Refuses requests to the routes of an app without the token. */
export function checkToken(app: App, token: string | undefined): void {
  if (token === undefined) return;
  const wanted = digest(token);
  app.addHook('onRequest', async (request) => {
    const [scheme = '', given = ''] = (request.headers.authorization ?? '').split(' ');
    // Of equal length, whatever was given: how long the comparison takes tells nothing.
    if (scheme.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), wanted)) return;
    const hint = 'send it as Authorization: Bearer TOKEN';
    throw new RequestProblem(httpProblem(401, 'the token is missing or not the right one', hint), {
      'www-authenticate': 'Bearer realm="audit-extract"',
    });
  });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
