import { isIPv6 } from 'node:net';
import { AuditError, reasonOf } from '../model/errors.ts';
import type { App } from './app.ts';
import { createServer } from './create-server.ts';
import { followConnections } from './idle-connections.ts';
import type { ServerOptions } from './server-options.ts';
import { Serving } from './serving.ts';

/** So long are answers waited for when the server ends, like downloads that are being read. */
const GRACE_MS = 10_000;
const IDLE_MS = 50;

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  /** Takes no more requests, finishes those that it has, and closes the graph. */
  close(): Promise<void>;
}

/** Makes the graph where there is none and it may be written, and serves it. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const serving = new Serving(options);
  try {
    if (!options.isReadOnly) await serving.writer.call('makeGraph', {});
    const app = await createServer(serving);
    const closeIdle = followConnections(app.server);
    const port = await listen(app, options);
    const host = isIPv6(options.host) ? `[${options.host}]` : options.host;
    const close = async () => {
      await closeConnections(app, closeIdle);
      await serving.close();
    };
    return { url: `http://${host}:${port}/`, close };
  } catch (error) {
    await serving.close();
    throw error;
  }
}

/** Takes no more connections, and waits for the answers that are on their way; what is not through by then is cut. */
async function closeConnections(app: App, closeIdle: () => void): Promise<void> {
  const { server } = app;
  // One whose answer is through would stay open for more.
  const idle = setInterval(closeIdle, IDLE_MS);
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}

/** Gives the port. */
async function listen(app: App, { host, port }: ServerOptions): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const hint = 'name another one with --port or --host';
    throw new AuditError('address-unusable', `cannot listen on ${host}, port ${port}: ${reasonOf(error)}`, hint, error);
  }
  const address = app.server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}
