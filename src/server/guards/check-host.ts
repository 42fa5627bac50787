import type { App } from '../app.ts';
import { httpProblem } from '../problem.ts';
import { RequestProblem } from '../request-problem.ts';
import type { ServerOptions } from '../server-options.ts';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests that call this host by a name that is not its own: the page of a stranger whose name was made to lead here
 * would else be taken for ours. Where a token is wanted and no name is given, any name will do, as the stranger has no token.
 */
export function checkHost(app: App, { host, allowedHosts, token }: ServerOptions): void {
  if (token !== undefined && allowedHosts.length === 0) return;
  const own = new Set([...LOOPBACK, host.includes(':') ? `[${host}]` : host.toLowerCase(), ...allowedHosts]);
  app.addHook('onRequest', async ({ headers }) => {
    const name = (headers.host ?? '').toLowerCase().replace(/:\d*$/, '');
    if (own.has(name)) return;
    const hint = 'call it by its own name, or let it have another with --allow-host';
    throw new RequestProblem(httpProblem(421, 'this is not the host that the request is for', hint));
  });
}
