import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { expectAsInFile, totalsInFile, totalsOf } from './as-in-file.ts';
import { cliOnNeo4j } from './cli-on-neo4j.ts';
import { CREDENTIALS, expectTold } from './expect-told.ts';
import { machine } from './machine.ts';
import { noNeo4jHere } from './open-neo4j.ts';
import { type Neo4jServer, startNeo4j } from './start-neo4j.ts';

const OK = { code: 0, stderr: '' };

describe.skipIf(noNeo4jHere({ own: true }))('a Neo4j server that is started anew', { timeout: 300_000 }, () => {
  let server: Neo4jServer;

  beforeAll(async () => {
    server = await startNeo4j();
    for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
  }, 600_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
  });

  it('is waited for when it is killed and comes back: the run goes on, and its report is right', async () => {
    const { flags } = machine('a', 100);
    const run = await cliOnNeo4j(server).startRun([...flags, '--edges'], 20);
    await server.kill();
    await server.restart();
    const ended = await run.ended;
    expect(ended).toMatchObject(OK);
    expect(totalsOf(ended)).toEqual(await totalsInFile(flags));
    await expectAsInFile(server, flags);
  });

  it('may be read and not written: whoever writes is told so, and whoever asks gets an answer', async () => {
    const { flags } = machine('b', 3);
    const target = ['--target', server.url];
    expect(await runCli(['run', ...flags, ...target], { env: CREDENTIALS })).toMatchObject(OK);
    await server.restart({ readOnly: true });
    const refused = {
      code: 4,
      error: 'target-refuses-writes',
      says: /^target bolt:\/\/\S+ may be read and not written$/,
      hint: /let this user write there/,
    };
    const writes = [['run', ...flags, '--edges'], ['log', 'prune'], ['link']];
    await Promise.all(writes.map((args) => expectTold([...args, ...target], refused)));
    expect(await runCli(['verify', ...flags, '--quiet', ...target], { env: CREDENTIALS })).toMatchObject(OK);
    expect(await runCli(['run', ...flags, '--dry-run', ...target], { env: CREDENTIALS })).toMatchObject(OK);
  });
});
