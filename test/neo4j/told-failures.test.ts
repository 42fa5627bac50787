import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runCli, startCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cliOnNeo4j } from './cli-on-neo4j.ts';
import { endedBy } from './ended-by.ts';
import { CREDENTIALS, expectNothingSecret, expectTold } from './expect-told.ts';
import { type GraphServer, openGraphServer } from './graph-server.ts';
import { machine } from './machine.ts';
import { borrowNeo4j, noNeo4jHere, type OpenNeo4j } from './open-neo4j.ts';
import { PASSWORD, USER } from './start-neo4j.ts';

const OK = { code: 0, stderr: '' };

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `bolt://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.skipIf(noNeo4jHere({ own: true }))(
  'what fails on a Neo4j server is told clearly',
  { timeout: 300_000 },
  () => {
    let graphs: GraphServer;
    let server: OpenNeo4j;

    beforeAll(async () => {
      graphs = await openGraphServer(await borrowNeo4j());
      server = graphs.access;
    }, 600_000);
    afterAll(() => graphs?.stop());

    const source = () => ['--source', machine('a', 3).source];
    const UNREACHABLE = {
      code: 4,
      error: 'target-unreachable',
      says: /^target bolt:\/\/127\.0\.0\.1:\d+ cannot be reached$/,
      hint: /see that the server runs/,
    };

    it('where the password is wrong', async () => {
      await expectTold(
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
        [url, http, mute].map((target) => expectTold(['run', ...source(), '--target', target], UNREACHABLE)),
      );
    });

    it('where the database is not there', async () => {
      await expectTold(['run', ...source(), '--target', `${server.url}/orchard`], {
        code: 2,
        error: 'target-not-found',
        says: /^target bolt:\/\/\S+\/orchard is no database of that server$/,
        hint: /make it there, or name another one/,
      });
    });

    it('where the target has a password in it, which is not repeated', async () => {
      const url = server.url.replace('//', `//${USER}:${PASSWORD}@`);
      await expectTold(['run', ...source(), '--target', url], {
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
      await expectTold(run, { ...usage, says: /^the password file \S+ cannot be read/ }, { env });
      writeFileSync(file, '\n');
      await expectTold(run, { ...usage, says: /^the password file \S+ is empty/ }, { env });
      writeFileSync(file, `${PASSWORD}\nand no more\n`);
      chmodSync(file, 0o600);
      expect(await runCli(run, { env })).toMatchObject(OK);
    });

    it('and nobody learns who connects, neither from the graph nor from a list of processes', async () => {
      const { flags } = machine('a', 60);
      const run = await cliOnNeo4j(server).startRun([...flags, '--edges'], 5);
      expectNothingSecret(readFileSync(`/proc/${run.pid}/cmdline`, 'utf8'));
      const { stdout, stderr } = await run.ended;
      expectNothingSecret(stdout + stderr);
      const kept = JSON.stringify(await graphs.ask('MATCH (r:AuditRun) RETURN r.report AS report'));
      expect(kept).toContain('audit-extract/run@1');
      expectNothingSecret(kept);
    });

    it('and a signal ends what waits for an answer that never comes', async () => {
      const { flags } = machine('a', 3);
      const waiting = [['run', ...flags], ['log', 'prune'], ['verify', ...flags], ['stats'], ['show', 'tool:Bash']];
      const ended = await Promise.all(
        waiting.map(async (args) => {
          const mute = createServer((socket) => void socket.on('error', () => {}).resume());
          const target = await listening(mute);
          const child = startCli([...args, '--target', target], { env: CREDENTIALS });
          await once(mute, 'connection');
          const [code, after] = await endedBy(child, 'SIGTERM');
          return { args, code, isSoon: after < 6000 };
        }),
      );
      expect(ended).toEqual(waiting.map((args) => ({ args, code: 143, isSoon: true })));
    });
  },
);
