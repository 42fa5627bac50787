import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { type GraphServer, openGraphServer } from './graph-server.ts';

/** Opens a server for the tests of a block, lets this process know who connects, and leaves nothing in it before each. */
export function servedGraph(use: (server: GraphServer) => void): void {
  let server: GraphServer;

  beforeAll(async () => {
    server = await openGraphServer();
    vi.stubEnv('AUDIT_EXTRACT_NEO4J_USER', server.access.user);
    vi.stubEnv('AUDIT_EXTRACT_NEO4J_PASSWORD', server.access.password);
    use(server);
  }, 600_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
  });
  beforeEach(() => server.empty());
}
