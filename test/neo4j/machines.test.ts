import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GraphContent, readContent } from '../behaviour/graph-place.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type CliOnNeo4j, cliOnNeo4j } from './cli-on-neo4j.ts';
import type { GraphServer } from './graph-server.ts';
import { type Machine, machine } from './machine.ts';
import { noNeo4jHere } from './open-neo4j.ts';
import { servedGraph } from './served-graph.ts';
import { toldInserts } from './told-inserts.ts';
import { withoutTimes } from './without-times.ts';

const OK = { code: 0, stderr: '' };

describe.skipIf(noNeo4jHere({ own: false }))('machines that write one graph', { timeout: 300_000 }, () => {
  let server: GraphServer;
  let cli: CliOnNeo4j;

  servedGraph((opened) => {
    server = opened;
    cli = cliOnNeo4j(server.access);
  });

  const runOf = ({ flags }: Machine) => ['run', ...flags, '--edges'];
  const startRun = ({ flags }: Machine, batchSize: number) => cli.startRun([...flags, '--edges'], batchSize);
  const content = async () => withoutTimes(await readContent(server.access.url));
  const ids = async (cypher: string) => (await server.ask<{ id: string }>(cypher)).map(({ id }) => id).sort();

  /** Nothing is there twice, and the log tells of all that is there, once. */
  const expectWhole = async ({ nodes, edges }: GraphContent) => {
    expect(
      await ids('MATCH (n) WHERE n.UID IS NOT NULL WITH n.UID AS id, count(n) AS n WHERE n > 1 RETURN id'),
    ).toEqual([]);
    const twice = 'MATCH (a)-[r]->(b) WITH a, b, type(r) AS type, count(r) AS n WHERE n > 1 RETURN type AS id';
    expect(await ids(twice)).toEqual([]);
    expect(await server.ask('MATCH (n) WHERE n.UID IS NOT NULL RETURN count(n) AS n')).toEqual([{ n: nodes.length }]);
    expect(await server.ask('MATCH ()-[r]->() RETURN count(r) AS n')).toEqual([{ n: edges.length }]);
    const told = (await toldInserts(server.ask)).toSorted();
    const there = [...nodes, ...edges].map(({ id }) => id);
    expect(told.filter((id, at) => told.indexOf(id) !== at).slice(0, 5)).toEqual([]);
    expect(told.filter((id) => !there.includes(id)).slice(0, 5)).toEqual([]);
    expect(there.filter((id) => !told.includes(id)).slice(0, 5)).toEqual([]);
  };

  const expectAgreement = async ({ flags }: Machine) =>
    expect(await cli.run(['verify', ...flags, '--quiet'])).toMatchObject({ ...OK, stdout: '' });

  it('make what they make one after the other in a file, though they meet, are killed and go on', async () => {
    const [a, b] = [machine('a', 150), machine('b', 180)];
    const file = join(tempFolder(), 'org.db');
    const inFile = async () => {
      for (const { flags } of [a, b])
        expect(await runCli(['run', ...flags, '--edges', '--target', file])).toMatchObject(OK);
    };

    // Neither finds constraints nor indexes.
    const [killed, beside] = await Promise.all([startRun(a, 25), startRun(b, 10)]);
    killed.signal('SIGKILL');
    expect(await killed.ended).toMatchObject({ code: null });
    expect(await cli.run(runOf(a))).toMatchObject(OK);
    expect(await beside.ended).toMatchObject(OK);
    await inFile();

    for (const [who, other] of [
      [a, b],
      [b, a],
    ] as const) {
      a.grow(60);
      b.grow(45);
      const [fast, slow] = await Promise.all([startRun(who, 500), startRun(other, 5)]);
      slow.signal('SIGKILL');
      await slow.ended;
      const again = cli.run(runOf(other));
      expect(await fast.ended).toMatchObject(OK);
      expect(await again).toMatchObject(OK);
      await inFile();
    }

    const made = await content();
    expect(made).toEqual(withoutTimes(await readContent(file)));
    await expectWhole(made);
    for (const one of [a, b]) await expectAgreement(one);
  });

  describe('with the same source', () => {
    it('come one after the other: the second is told, and with --wait it goes on after the first', async () => {
      const a = machine('a', 200);
      const first = await startRun(a, 5);
      const busy: CliResult = await cli.run(runOf(a));
      expect(busy).toMatchObject({ code: 75 });
      expect(busy.stderr).toMatch(/^error: another run of this source is writing to target [^\n]*\nhint: wait for it/);
      expect(await cli.run([...runOf(a), '--wait', '120', '--json'])).toMatchObject(OK);
      expect(await first.ended).toMatchObject(OK);
      await expectWhole(await content());
      await expectAgreement(a);
    });

    it('start at once where the one before was killed on this machine', async () => {
      const a = machine('a', 200);
      const first = await startRun(a, 10);
      first.signal('SIGKILL');
      await first.ended;
      expect(await server.ask('MATCH (c:AuditChain) RETURN c.host AS host, c.pid AS pid')).toEqual([
        { host: hostname(), pid: first.pid },
      ]);
      expect(await cli.run(runOf(a))).toMatchObject(OK);
      await expectWhole(await content());
      await expectAgreement(a);
    });

    it('wait for the lease of one on another machine, of which nobody knows whether it lives', async () => {
      const a = machine('a', 50);
      const first = await startRun(a, 10);
      first.signal('SIGKILL');
      await first.ended;
      const lease = (milliseconds: number) =>
        server.ask(`MATCH (c:AuditChain) SET c.host = 'elsewhere', c.until = timestamp() + ${milliseconds}`);
      await lease(60_000);
      expect(await cli.run(runOf(a))).toMatchObject({ code: 75 });
      await lease(4000);
      const started = performance.now();
      expect(await cli.run([...runOf(a), '--wait', '60'])).toMatchObject(OK);
      expect(performance.now() - started).toBeGreaterThan(3500);
      expect(await server.ask('MATCH (c:AuditChain) RETURN c.holder AS holder')).toEqual([{ holder: null }]);
      await expectWhole(await content());
    });

    it('write nothing more when another has taken the lease', async () => {
      const a = machine('a', 400);
      const run = await startRun(a, 5);
      // Whoever sets it waits for the transaction that is under way.
      await server.ask(
        "MATCH (c:AuditChain) SET c.holder = 'another', c.host = 'elsewhere', c.until = timestamp() + 60000",
      );
      const before = await content();
      const ended = await run.ended;
      expect(ended.code).toBe(75);
      expect(ended.stderr).toMatch(/^error: another run of this source has taken target/m);
      expect(await content()).toEqual(before);
      await expectWhole(before);
      expect(await server.ask('MATCH (c:AuditChain) RETURN c.holder AS holder')).toEqual([{ holder: 'another' }]);
    });
  });

  it('log actions beside a run, many at once', async () => {
    const a = machine('a', 150);
    const run = await startRun(a, 10);
    const logs = Array.from({ length: 8 }, (_, at) =>
      cli.run([
        'log',
        'prune',
        '--user',
        `u${at % 3}`,
        '--key',
        `k${at % 6}`,
        '--actor',
        'keeper',
        '--timestamp',
        TIME,
      ]),
    );
    for (const log of logs) expect(await log).toMatchObject(OK);
    expect(await run.ended).toMatchObject(OK);
    const made = await content();
    const actions = made.nodes.filter(({ subtype }) => subtype === 'user_action');
    expect(actions).toHaveLength(6);
    await expectWhole(made);
    await expectAgreement(a);
  });
});

const TIME = '2026-03-01T08:00:00Z';
