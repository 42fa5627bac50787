import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIntact } from '../support/expect-clean-graph.ts';
import { anythingLike, type Schema } from '../support/from-schema.ts';
import { runCli } from '../support/run-cli.ts';
import { type Reply, runServer, type ServerProcess } from '../support/run-server.ts';
import { orchardScene } from '../support/scene.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** What takes long, or never ends by itself, has tests of its own. */
const APART = /^(GET \/db\/(backup|export)|GET \/runs\/\{id\}\/events|POST \/(runs|db\/restore))/;

async function served() {
  const scene = orchardScene();
  await runCli(['run', ...scene.paths, '--edges', '-q']);
  const server = await runServer([...scene.paths, '--rate-limit', '1000000']);
  const document = (await server.ask('/openapi.json')).json;
  const calls: readonly Call[] = Object.entries<Record<string, Operation>>(document.paths).flatMap(
    ([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  return { ...scene, server, document, calls };
}

/** Finds, in the document itself, the schema that an answer has to meet. */
function validators(document: object): (operation: Operation, reply: Reply) => ValidateFunction | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'api');
  return ({ responses }, { status, headers }) => {
    const answer = responses[String(status)] ?? responses['default'];
    const type = headers.get('content-type') ?? '';
    const [, media] =
      Object.entries(answer?.content ?? {}).find(([name]) => name.split(';')[0] === type.split(';')[0]) ?? [];
    if (media?.schema === undefined) return undefined;
    return ajv.compile(resolved(media.schema));
  };
}

/** References of the document lead into it. */
const resolved = (schema: Schema): object => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));

const encode = (value: unknown): string =>
  encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value));

async function send(
  server: ServerProcess,
  { method, path }: Call,
  values: Readonly<Record<string, unknown>>,
  body: unknown,
  operation: Operation,
) {
  const given = (operation.parameters ?? []).filter(({ name }) => values[name] !== undefined);
  const where = given
    .filter((parameter) => parameter.in === 'path')
    .reduce((url, { name }) => url.replace(`{${name}}`, encode(values[name]) || '%20'), path);
  const query = given
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => `${name}=${encode(values[name])}`);
  const hasBody = operation.requestBody !== undefined;
  return server.ask(`${where}${query.length > 0 ? `?${query.join('&')}` : ''}`, {
    method,
    ...(hasBody && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
}

describe('the OpenAPI document', () => {
  it('is one, and tells of every route what it is about', async () => {
    const { document, calls } = await served();
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    expect(calls.length).toBeGreaterThan(30);
    for (const { method, path, operation } of calls) {
      expect([method, path, operation.summary]).toEqual([method, path, expect.stringMatching(/^\S.*[^.]$/)]);
      expect(operation.responses).toHaveProperty('default');
    }
  });

  it('holds for whatever is asked: each answer is as it says, none is a failure of the server, and the graph stays whole', async () => {
    const { server, document, calls, target } = await served();
    const validatorOf = validators(document);
    const cases = calls.filter(({ method, path }) => !APART.test(`${method} ${path}`));
    const call = fc.constantFrom(...cases).chain((one) => {
      const { parameters = [], requestBody } = one.operation;
      const values = fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, anythingLike(schema)])), {
        requiredKeys: parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name),
      });
      const [media] = Object.values(requestBody?.content ?? {});
      return fc.record({ one: fc.constant(one), values, body: anythingLike(media?.schema ?? {}) });
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ one, values, body }) => {
        const reply = await send(server, one, values, body, one.operation);
        const told = `${one.method} ${one.path}: ${reply.status} ${reply.text.slice(0, 300)}`;
        expect(reply.status, told).toBeLessThan(500);
        const validate = validatorOf(one.operation, reply);
        if (reply.status !== 204 && reply.status !== 304) expect(validate, told).toBeDefined();
        if (validate !== undefined && /json/.test(reply.headers.get('content-type') ?? '')) {
          expect([validate(reply.json), validate.errors], told).toEqual([true, null]);
        }
      }),
      { numRuns: 600 },
    );
    expect((await server.ask('/db/health')).json.status).toBe('ok');
    expect(await server.stop()).toBe(0);
    expect(server.stderr()).toBe('');
    expect(isIntact(target)).toBe(true);
  }, 120_000);
});
