import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify from 'fastify';
import { packageVersion } from '../jobs/package-version.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import type { App } from './app.ts';
import { checkHost } from './guards/check-host.ts';
import { checkToken } from './guards/check-token.ts';
import { handleErrors } from './handle-errors.ts';
import { httpProblem } from './problem.ts';
import { readJson } from './read-json.ts';
import { RequestProblem } from './request-problem.ts';
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
import type { Serving } from './serving.ts';
import { Slots } from './slots.ts';
import { validate } from './validate.ts';

/** Bytes of a body; batches have a bound of their own. */
const LARGEST_BODY = 1_048_576;
/** Of an id in a path, each of whose bytes may take three characters. */
const LONGEST_PARAMETER = 8192;

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
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(validate);
  // All answers are text when they are sent; schemas of them are for the document alone.
  app.setSerializerCompiler(() => JSON.stringify);
  readJson(app);
  const redactor = createRedactor(options.settings.redaction);
  handleErrors(app, redactor, options.isReadOnly);
  checkHost(app, options);
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
    strictTransportSecurity: false,
  });
  await app.register(rateLimit, {
    max: options.requestsPerSecond,
    timeWindow: 1000,
    errorResponseBuilder: (_, { after }) =>
      new RequestProblem(httpProblem(429, 'too many requests at once', `wait ${after}, or raise --rate-limit`)),
  });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'audit-extract', version: packageVersion() } },
    refResolver: { buildLocalReference: ({ $id }, _, __, at) => (typeof $id === 'string' ? $id : `schema-${at}`) },
  });
  for (const schema of [NodeRecord, ListedNode, EdgeRecord, RunRecord, ProblemDocument]) app.addSchema(schema);
  const runs = new ExtractionRuns(serving, redactor);
  app.addHook('preClose', () => runs.close());
  // The page, which comes without, asks for the token.
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
