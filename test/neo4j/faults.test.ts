import { once } from 'node:events';
import { chmodSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import neo4j, { type Driver } from 'neo4j-driver';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readContent } from '../behaviour/graph-place.ts';
import { expectPlainMessages, expectSameErrors, linesOf } from '../support/expect-failure.ts';
import { type CliOptions, type CliResult, runCli, startCli } from '../support/run-cli.ts';
import { canMount } from '../support/small-disk.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cliOnNeo4j } from './cli-on-neo4j.ts';
import { openCuttingProxy } from './cutting-proxy.ts';
import { openForgetfulProxy } from './forgetful-proxy.ts';
import { machine } from './machine.ts';
import { noNeo4jHere } from './open-neo4j.ts';
import { type Neo4jServer, startNeo4j } from './start-neo4j.ts';
import { withoutTimes } from './without-times.ts';

const OK = { code: 0, stderr: '' };
/** Neither is to be found anywhere but in the environment of the program. */
const [USER, PASSWORD] = ['neo4j', 'a-password-of-the-tests'] as const;
const CREDENTIALS = { AUDIT_EXTRACT_NEO4J_USER: USER, AUDIT_EXTRACT_NEO4J_PASSWORD: PASSWORD };

interface Expected {
  readonly code: number;
  readonly error: string;
  readonly says: RegExp;
  readonly hint: RegExp;
}

/** Fails in the same way for people and for programs, and tells nobody who connects. */
async function expectFailure(args: readonly string[], expected: Expected, options: CliOptions = {}): Promise<void> {
  const given = { ...options, env: { ...CREDENTIALS, ...options.env } };
  const [plain, json] = await Promise.all([runCli(args, given), runCli([...args, '--json'], given)]);
  for (const { code, stdout, stderr } of [plain, json]) {
    expect({ code, error: linesOf('error', stderr)[0] }).toEqual({
      code: expected.code,
      error: expect.stringMatching(expected.says),
    });
    expect(linesOf('hint', stderr)[0]).toMatch(expected.hint);
    expectPlainMessages({ stderr });
    expectNothingSecret(stdout + stderr);
  }
  expectSameErrors(json, [expected.error]);
}

function expectNothingSecret(said: string): void {
  expect(said).not.toContain(PASSWORD);
  expect(said.replaceAll(/(neo4j|bolt)(\+s)?:\/\/\S+/g, '').replaceAll('AUDIT_EXTRACT_NEO4J_', '')).not.toContain(USER);
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** How long a process takes to end after a signal, in milliseconds. */
async function endedBy(
  child: ReturnType<typeof startCli>,
  signal: NodeJS.Signals,
): Promise<readonly [unknown, number]> {
  const started = performance.now();
  child.kill(signal);
  const [code] = await once(child, 'close');
  return [code, performance.now() - started];
}

describe.skipIf(noNeo4jHere({ own: true }))('a Neo4j server that fails', { timeout: 300_000 }, () => {
  let server: Neo4jServer;
  let driver: Driver;

  beforeAll(async () => {
    server = await startNeo4j();
    driver = neo4j.driver(server.url, neo4j.auth.basic(server.user, server.password), {
      disableLosslessIntegers: true,
    });
    for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
  }, 600_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await driver?.close();
    await server?.stop();
  });
  beforeEach(() => driver.executeQuery('MATCH (n) DETACH DELETE n'));

  const ask = async (cypher: string): Promise<readonly unknown[]> =>
    (await driver.executeQuery(cypher)).records.map((record) => record.toObject());
  /** The graph is the one that an undisturbed run makes in a file. */
  const expectAsInFile = async (flags: readonly string[]) => {
    const file = join(tempFolder(), 'org.db');
    expect(await runCli(['run', ...flags, '--edges', '--target', file])).toMatchObject(OK);
    expect(withoutTimes(await readContent(server.url))).toEqual(withoutTimes(await readContent(file)));
    const verified = await cliOnNeo4j(server).run(['verify', ...flags, '--quiet']);
    expect(verified).toMatchObject({ ...OK, stdout: '' });
    return file;
  };
  const totalsOf = ({ stdout }: CliResult): unknown => {
    const { totals, edges } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '').report;
    return { totals, edges };
  };
  const totalsInFile = async (flags: readonly string[]) => {
    const target = join(tempFolder(), 'org.db');
    return totalsOf(await runCli(['run', ...flags, '--edges', '--target', target, '--format', 'ndjson']));
  };

  it('is waited for when it is killed and comes back: the run goes on, and its report is right', async () => {
    const { flags } = machine('a', 200);
    const run = await cliOnNeo4j(server).startRun([...flags, '--edges'], 20);
    await server.kill();
    await server.restart();
    const ended = await run.ended;
    expect(ended).toMatchObject(OK);
    expect(totalsOf(ended)).toEqual(await totalsInFile(flags));
    await expectAsInFile(flags);
  });

  it('may be lost again and again, as when a cluster chooses another leader', async () => {
    const { flags } = machine('a', 40);
    const proxy = await openCuttingProxy(server.url);
    onTestFinished(() => proxy.close());
    const run = await cliOnNeo4j({ ...server, url: proxy.url }).startRun([...flags, '--edges'], 20);
    proxy.cutEvery(45);
    const ended = await run.ended;
    expect(ended).toMatchObject(OK);
    expect(proxy.cuts).toBeGreaterThan(1);
    expect(totalsOf(ended)).toEqual(await totalsInFile(flags));
    await expectAsInFile(flags);
  });

  it('may commit without saying so: nothing is counted or written twice', async () => {
    const { flags } = machine('a', 40);
    const proxy = await openForgetfulProxy(server.url);
    onTestFinished(() => proxy.close());
    const forgetful = cliOnNeo4j({ ...server, url: proxy.url });
    proxy.loseAnswers(1000, { every: 3 });
    const run = await forgetful.startRun([...flags, '--edges'], 10);
    const ended = await run.ended;
    expect(ended).toMatchObject(OK);
    expect(proxy.lost).toBeGreaterThan(5);
    expect(totalsOf(ended)).toEqual(await totalsInFile(flags));
    await expectAsInFile(flags);
    const told = await ask(
      `MATCH (c:AuditChange {operation: 'insert'}) UNWIND coalesce(c.records, [c.record]) AS id
       WITH id, count(id) AS times WHERE times > 1 RETURN id`,
    );
    expect(told).toEqual([]);
    expect(await ask('MATCH (r:AuditRun) RETURN r.outcome AS outcome')).toEqual([{ outcome: 'ok' }]);

    proxy.loseAnswers(1000, { every: 2 });
    const log = await forgetful.run(['log', 'prune', '--user', 'u', '--json']);
    expect(log).toMatchObject(OK);
    expect(JSON.parse(log.stdout)).toMatchObject({ logged: 1, already_logged: 0 });
  });

  describe('is told of clearly', () => {
    const source = () => ['--source', machine('a', 3).source];
    const UNREACHABLE = {
      code: 4,
      error: 'target-unreachable',
      says: /^target bolt:\/\/127\.0\.0\.1:\d+ cannot be reached$/,
      hint: /see that the server runs/,
    };

    it('where the password is wrong', async () => {
      await expectFailure(
        ['run', ...source(), '--target', server.url],
        {
          code: 4,
          error: 'target-unauthorized',
          says: /does not know this user with this password$/,
          hint: /AUDIT_EXTRACT_NEO4J_PASSWORD/,
        },
        { env: { AUDIT_EXTRACT_NEO4J_PASSWORD: `not ${PASSWORD.slice(2)}` } },
      );
    });

    it('where nobody listens, where it is no Neo4j, and where nobody answers', async () => {
      const nobody = createServer();
      const url = await listening(nobody);
      nobody.close();
      const http = await listening(createHttpServer((_, response) => response.end('fruit')));
      const silent = createServer((socket) => void socket.on('error', () => {}).resume());
      const mute = await listening(silent);
      await Promise.all(
        [url, http, mute].map((target) => expectFailure(['run', ...source(), '--target', target], UNREACHABLE)),
      );
    });

    it('where the database is not there', async () => {
      await expectFailure(['run', ...source(), '--target', `${server.url}/orchard`], {
        code: 2,
        error: 'target-not-found',
        says: /^target bolt:\/\/\S+\/orchard is no database of that server$/,
        hint: /make it there, or name another one/,
      });
    });

    it('where the target has a password in it, which is not repeated', async () => {
      const url = server.url.replace('//', `//${USER}:${PASSWORD}@`);
      await expectFailure(['run', ...source(), '--target', url], {
        code: 2,
        error: 'usage',
        says: /^the target has a user or password in it/,
        hint: /AUDIT_EXTRACT_NEO4J_PASSWORD/,
      });
    });

    it('where the password file is not there or is empty; one that is right is taken', async () => {
      const { flags } = machine('a', 3);
      const file = join(tempFolder(), 'password');
      const env = { AUDIT_EXTRACT_NEO4J_PASSWORD: '', AUDIT_EXTRACT_NEO4J_PASSWORD_FILE: file };
      const run = ['run', ...flags, '--target', server.url];
      const usage = { code: 2, error: 'usage', hint: /readable|first line/ };
      await expectFailure(run, { ...usage, says: /^the password file \S+ cannot be read/ }, { env });
      writeFileSync(file, '\n');
      await expectFailure(run, { ...usage, says: /^the password file \S+ is empty/ }, { env });
      writeFileSync(file, `${PASSWORD}\nand no more\n`);
      chmodSync(file, 0o600);
      expect(await runCli(run, { env })).toMatchObject(OK);
    });
  });

  it('learns nothing of who connects, and neither does a list of processes', async () => {
    const { flags } = machine('a', 60);
    const run = await cliOnNeo4j(server).startRun([...flags, '--edges'], 5);
    expectNothingSecret(readFileSync(`/proc/${run.pid}/cmdline`, 'utf8'));
    const { stdout, stderr } = await run.ended;
    expectNothingSecret(stdout + stderr);
    const kept = JSON.stringify(await ask('MATCH (r:AuditRun) RETURN r.report AS report'));
    expect(kept).toContain('audit-extract/run@1');
    expectNothingSecret(kept);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('lets %s end what waits for it', async (signal) => {
    const code = signal === 'SIGINT' ? 130 : 143;
    const { flags } = machine('a', 200);
    const proxy = await openCuttingProxy(server.url);
    onTestFinished(() => proxy.close());
    const env = CREDENTIALS;
    const target = ['--target', proxy.url];
    const run = startCli(['run', ...flags, '--edges', ...target, '--format', 'ndjson', '--batch-size', '5'], { env });
    const said: string[] = [];
    for (const stream of [run.stdout, run.stderr])
      stream.setEncoding('utf8').on('data', (part) => void said.push(part));
    await once(run.stdout, 'data');
    proxy.shut();
    await vi.waitUntil(() => proxy.refused > 2, { timeout: 30_000 });
    const [ended, after] = await endedBy(run, signal);
    expect(ended).toBe(code);
    expect(after).toBeLessThan(6000);
    expect(said.join('')).toMatch(new RegExp(`^error: interrupted by ${signal}$`, 'm'));
    expect(said.join('')).toContain('"schema":"audit-extract/run@1"');

    // What was begun goes on.
    expect(await cliOnNeo4j(server).run(['run', ...flags, '--edges', '--quiet'])).toMatchObject({ code: 0 });
    await expectAsInFile(flags);
  });

  it('lets a signal end what waits for an answer that never comes', async () => {
    const mute = await listening(createServer((socket) => void socket.on('error', () => {}).resume()));
    const { flags } = machine('a', 3);
    for (const args of [['run', ...flags], ['log', 'prune'], ['verify', ...flags], ['stats'], ['show', 'tool:Bash']]) {
      const child = startCli([...args, '--target', mute], { env: CREDENTIALS });
      await new Promise((resolve) => setTimeout(resolve, 2500));
      const [code, after] = await endedBy(child, 'SIGTERM');
      expect({ args, code, isSoon: after < 6000 }).toEqual({ args, code: 143, isSoon: true });
    }
  });

  it('may be read and not written: whoever writes is told so, and whoever asks gets an answer', async () => {
    const { flags } = machine('a', 3);
    const target = ['--target', server.url];
    expect(await runCli(['run', ...flags, ...target], { env: CREDENTIALS })).toMatchObject(OK);
    await server.restart({ readOnly: true });
    onTestFinished(() => server.restart(), 120_000);
    const refused = {
      code: 4,
      error: 'target-refuses-writes',
      says: /^target bolt:\/\/\S+ may be read and not written$/,
      hint: /let this user write there/,
    };
    await expectFailure(['run', ...flags, '--edges', ...target], refused);
    await expectFailure(['log', 'prune', ...target], refused);
    await expectFailure(['link', ...target], refused);
    expect(await runCli(['verify', ...flags, '--quiet', ...target], { env: CREDENTIALS })).toMatchObject(OK);
    expect(await runCli(['run', ...flags, '--dry-run', ...target], { env: CREDENTIALS })).toMatchObject(OK);
  });
});

describe.skipIf(noNeo4jHere({ own: true }) || !canMount())(
  'a Neo4j server whose disk is full',
  { timeout: 300_000 },
  () => {
    // Neo4j 5.26 stayed unavailable after such an end whenever it was tried, room or not.
    it.todo('completes the run when it has room and was started anew: no server here came back from a full disk');

    it('fails a run clearly', async () => {
      const server = await startNeo4j({ diskMib: DISK_MIB });
      onTestFinished(() => server.stop());
      for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
      onTestFinished(() => void vi.unstubAllEnvs());
      const { flags, grow } = machine('a', 20);
      expect(await cliOnNeo4j(server).run(['run', ...flags, '--edges', '--quiet'])).toMatchObject({ code: 0 });
      const { bavail, bsize } = statfsSync(server.data);
      writeFileSync(join(server.data, 'ballast'), Buffer.alloc(bavail * bsize - LEFT_BYTES));
      grow(300);
      const run = ['run', ...flags, '--edges', '--batch-size', '50', '--target', server.url];
      const full = await runCli([...run, '--json'], { env: CREDENTIALS });
      expect(full.stderr).toMatch(
        /^error: target \S+ could not write to its disk\nhint: see whether its disk is full/m,
      );
      expect(full.code).toBe(1);
      expectSameErrors(full, ['target-full']);
    });
  },
);

const DISK_MIB = 40;
/** What is left of it. */
const LEFT_BYTES = 1_000_000;
