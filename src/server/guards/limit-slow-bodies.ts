import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether bodies may take as long as files do. */
    readonly takesFiles?: true;
  }
}

/** Cuts connections whose request has begun, and whose body has not come to its end by then. */
export function limitSlowBodies(app: App, longestMs: number): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const forget = async (request: FastifyRequest) => clearTimeout(timers.get(request));
  app.addHook('onRequest', async (request) => {
    const { headers, routeOptions, raw } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (hasBody && !routeOptions.config.takesFiles) {
      timers.set(
        request,
        setTimeout(() => raw.destroy(), longestMs),
      );
    }
  });
  app.addHook('preValidation', forget);
  app.addHook('onResponse', forget);
  app.addHook('onRequestAbort', forget);
}
