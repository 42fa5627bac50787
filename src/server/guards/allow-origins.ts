import cors from '@fastify/cors';
import type { App } from '../app.ts';

const DAY_S = 86_400;

/** Lets pages of these origins ask, too; without any, browsers let none but our own. */
export async function allowOrigins(app: App, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'x-user', 'if-match', 'if-none-match', 'last-event-id'],
    exposedHeaders: ['etag', 'location', 'content-disposition', 'retry-after'],
    maxAge: DAY_S,
  });
}
