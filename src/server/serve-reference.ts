import swaggerUi from '@fastify/swagger-ui';
import type { App } from './app.ts';

/** Its own copy of the OpenAPI document would come without a token. */
const COPIES = ['/reference/json', '/reference/yaml'];

/** One attribute of its own picture, which takes no room; nothing else may be styled within a page. */
const OWN_STYLE = "'unsafe-hashes' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

/** Serves a page at `/reference` that shows the OpenAPI document and tries its routes out, under the policy of all pages. */
export async function serveReference(app: App): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/reference',
    theme: {
      title: 'audit-extract: the API',
      css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }],
    },
    uiConfig: {
      docExpansion: 'list',
      // This one runs in the browser, and sends the token that the page at / was given.
      requestInterceptor: (request: SentRequest) => {
        const token = sessionStorage.getItem('audit-extract-token');
        if (token !== null && request.headers) request.headers['Authorization'] = `Bearer ${token}`;
        return request;
      },
    },
    transformStaticCSP: (policy) => policy.replace("style-src 'self'", `style-src 'self' ${OWN_STYLE}`),
    uiHooks: {
      onRequest: async (request, reply) => {
        if (COPIES.includes(new URL(request.url, 'http://localhost').pathname)) return reply.redirect('/openapi.json');
      },
    },
  });
}

interface SentRequest {
  readonly headers?: Record<string, string>;
}

/** What a browser has; this file is for Node. */
declare const sessionStorage: { getItem(name: string): string | null };
