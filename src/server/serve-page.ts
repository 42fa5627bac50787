import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { App } from './app.ts';

/** Where the build puts the page: beside the folder of this file, in `dist`. */
const PAGE = fileURLToPath(new URL('../page/', import.meta.url));

/** Names below /assets hold a hash of what is in them. */
const KEEP = 'public, max-age=31536000, immutable';
const ASK_ALWAYS = 'no-cache';

/** Serves the page at `/`, and what it loads below `/assets`. It comes without a token, and asks for one. */
export async function servePage(app: App): Promise<void> {
  await app.register(fastifyStatic, {
    root: PAGE,
    // Every file has a route of its own, so that nothing else is looked for among files.
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) =>
      void response.setHeader('cache-control', path.endsWith('.html') ? ASK_ALWAYS : KEEP),
  });
}
