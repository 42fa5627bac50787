import { resolveSettings } from '../src/cli/run-settings.ts';
import type { DescribedRoute } from '../src/render/route-list.ts';
import { createServer } from '../src/server/create-server.ts';
import { Serving } from '../src/server/serving.ts';

const METHODS = ['get', 'post', 'put', 'delete'] as const;

/** The routes of the API, as its own document tells of them. Nothing is opened, and nothing listens. */
export async function apiRoutes(): Promise<readonly DescribedRoute[]> {
  const serving = new Serving({
    settings: { ...resolveSettings([]), target: 'org.db', source: 'sessions.db', origin: undefined },
    ...{ host: '127.0.0.1', port: 0, isReadOnly: false, servesDatabase: true, maxRecords: undefined, token: undefined },
    ...{ allowedHosts: [], allowedOrigins: [], requestsPerSecond: 1, largestUpload: 1, clock: Date.now },
  });
  const app = await createServer(serving);
  await app.ready();
  const { paths = {} } = app.swagger();
  await app.close();
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const summary = operations?.[method]?.summary;
      return summary === undefined ? [] : [{ method, path, summary }];
    }),
  );
}
