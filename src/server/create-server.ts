import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify from 'fastify';
import { packageVersion } from '../jobs/package-version.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import type { App } from './app.ts';
import { allowOrigins } from './guards/allow-origins.ts';
import { answerBadPath, answerClientError } from './guards/answer-malformed.ts';
import { checkHost } from './guards/check-host.ts';
import { checkToken } from './guards/check-token.ts';
import { limitRate } from './guards/limit-rate.ts';
import { limitSlowBodies } from './guards/limit-slow-bodies.ts';
import { refuseLate } from './guards/refuse-late.ts';
import { addSecurityHeaders } from './guards/security-headers.ts';
import { handleErrors } from './handle-errors.ts';
import { readJson } from './read-json.ts';
import { batchRoutes } from './routes/batches.ts';
import { databaseRoutes } from './routes/database.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { edgeListRoutes } from './routes/edge-lists.ts';
import { edgeRoutes } from './routes/edges.ts';
import { logRoutes } from './routes/log.ts';
import { nodeListRoutes } from './routes/node-lists.ts';
import { nodeViewRoutes } from './routes/node-views.ts';
import { nodeRoutes } from './routes/nodes.ts';
import { questionRoutes } from './routes/questions.ts';
import { restoreRoute } from './routes/restore.ts';
import { runRoutes } from './routes/runs.ts';
import { ExtractionRuns } from './runs/extraction-runs.ts';
import { ProblemDocument } from './schemas/answers.ts';
import { EdgeRecord } from './schemas/edge.ts';
import { ListedNode, NodeRecord } from './schemas/node.ts';
import { RunRecord } from './schemas/run.ts';
import { servePage } from './serve-page.ts';
import { serveReference } from './serve-reference.ts';
import type { Serving } from './serving.ts';
import { Slots } from './slots.ts';
import { validate } from './validate.ts';

/** Bytes of a body; batches have a bound of their own. */
const LARGEST_BODY = 1_048_576;
/** Of an id in a path, each of whose bytes may take three characters. */
const LONGEST_PARAMETER = 8192;

/** How long a request may take to come: its head, a body that is no file, and all of it, be it a file over a slow line. */
const SLOWEST_HEAD_MS = 10_000;
const SLOWEST_BODY_MS = 30_000;
const SLOWEST_REQUEST_MS = 3_600_000;
const CHECKED_EVERY_MS = 1000;

/** Copies, exports and long looks at once; each has a thread of its own. */
const MOST_JOBS = 2;
const RETRY_AFTER = 5;

/** Makes the web server. It listens when it is told to. */
export async function createServer(serving: Serving): Promise<App> {
  const { options } = serving;
  const app: App = fastify({
    bodyLimit: LARGEST_BODY,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    forceCloseConnections: 'idle',
    http: { headersTimeout: SLOWEST_HEAD_MS, connectionsCheckingInterval: CHECKED_EVERY_MS },
    requestTimeout: SLOWEST_REQUEST_MS,
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerBadPath,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validate);
  // All answers are text when they are sent; schemas of them are for the document alone.
  app.setSerializerCompiler(() => JSON.stringify);
  readJson(app);
  const redactor = createRedactor(options.settings.redaction);
  handleErrors(app, redactor, options.isReadOnly);
  await addSecurityHeaders(app);
  await limitRate(app, options.requestsPerSecond);
  refuseLate(app);
  checkHost(app, options);
  limitSlowBodies(app, SLOWEST_BODY_MS);
  await allowOrigins(app, options.allowedOrigins);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'audit-extract', version: packageVersion() } },
    refResolver: { buildLocalReference: ({ $id }, _, __, at) => (typeof $id === 'string' ? $id : `schema-${at}`) },
  });
  for (const schema of [NodeRecord, ListedNode, EdgeRecord, RunRecord, ProblemDocument]) app.addSchema(schema);
  const runs = new ExtractionRuns(serving, redactor);
  app.addHook('preClose', async () => runs.close());
  // The pages, which come without, ask for the token.
  await servePage(app);
  await serveReference(app);
  await app.register(async (api: App) => {
    checkToken(api, options.token);
    nodeListRoutes(api, serving);
    nodeRoutes(api, serving);
    nodeViewRoutes(api, serving);
    questionRoutes(api, serving);
    edgeListRoutes(api, serving);
    edgeRoutes(api, serving);
    batchRoutes(api, serving);
    logRoutes(api, serving);
    runRoutes(api, serving, runs);
    if (options.servesDatabase) {
      const jobs = new Slots('jobs at once', MOST_JOBS, RETRY_AFTER);
      databaseRoutes(api, serving, jobs);
      downloadRoutes(api, serving, jobs);
      // Files are taken there alone.
      if (!options.isReadOnly) await api.register((own: App) => restoreRoute(own, serving));
    }
    api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  });
  return app;
}
