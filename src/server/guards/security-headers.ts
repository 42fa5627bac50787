import helmet from '@fastify/helmet';
import type { App } from '../app.ts';

/** Has every answer tell browsers to load nothing from elsewhere, and to show it in nobody's frame. */
export async function addSecurityHeaders(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    // It speaks HTTP; whoever puts it behind HTTPS says so there.
    strictTransportSecurity: false,
  });
}
