import { once } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readContent } from '../behaviour/graph-place.ts';
import { startCli } from '../support/run-cli.ts';
import { expectAsInFile, totalsInFile, totalsOf } from './as-in-file.ts';
import { cliOnNeo4j } from './cli-on-neo4j.ts';
import { endedBy } from './ended-by.ts';
import { openFaultyProxy } from './faulty-proxy.ts';
import type { GraphServer } from './graph-server.ts';
import { machine } from './machine.ts';
import { noNeo4jHere, type OpenNeo4j } from './open-neo4j.ts';
import { servedGraph } from './served-graph.ts';
import { toldInserts } from './told-inserts.ts';

const OK = { code: 0, stderr: '' };

describe.skipIf(noNeo4jHere({ own: false }))('a Neo4j server whose connections are lost', { timeout: 300_000 }, () => {
  let graphs: GraphServer;
  let server: OpenNeo4j;

  servedGraph((opened) => {
    graphs = opened;
    server = graphs.access;
  });

  it('may be lost again and again, as when a cluster chooses another leader', async () => {
    const { flags } = machine('a', 40);
    const proxy = await openFaultyProxy(server.url);
    onTestFinished(() => proxy.close());
    const run = await cliOnNeo4j({ ...server, url: proxy.url }).startRun([...flags, '--edges'], 20);
    proxy.cutEvery(45);
    const ended = await run.ended;
    expect(ended).toMatchObject(OK);
    expect(proxy.cuts).toBeGreaterThan(1);
    expect(totalsOf(ended)).toEqual(await totalsInFile(flags));
    await expectAsInFile(server, flags);
  });

  it('may commit without saying so: nothing is counted or written twice', async () => {
    const { flags } = machine('a', 40);
    const proxy = await openFaultyProxy(server.url);
    onTestFinished(() => proxy.close());
    const forgetful = cliOnNeo4j({ ...server, url: proxy.url });
    proxy.loseAnswers(1000, { every: 3 });
    const run = await forgetful.startRun([...flags, '--edges'], 10);
    const ended = await run.ended;
    expect(ended).toMatchObject(OK);
    expect(proxy.lost).toBeGreaterThan(5);
    expect(totalsOf(ended)).toEqual(await totalsInFile(flags));
    await expectAsInFile(server, flags);
    const told = await toldInserts(graphs.ask);
    const { nodes, edges } = await readContent(server.url);
    expect(told.toSorted()).toEqual([...nodes, ...edges].map(({ id }) => id).sort());
    expect(await graphs.ask('MATCH (r:AuditRun) RETURN r.outcome AS outcome')).toEqual([{ outcome: 'ok' }]);

    proxy.loseAnswers(1000, { every: 2 });
    const log = await forgetful.run(['log', 'prune', '--user', 'u', '--json']);
    expect(log).toMatchObject(OK);
    expect(JSON.parse(log.stdout)).toMatchObject({ logged: 1, already_logged: 0 });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('lets %s end what waits for it', async (signal) => {
    const code = signal === 'SIGINT' ? 130 : 143;
    const { flags } = machine('a', 200);
    const proxy = await openFaultyProxy(server.url);
    onTestFinished(() => proxy.close());
    const env = { AUDIT_EXTRACT_NEO4J_USER: server.user, AUDIT_EXTRACT_NEO4J_PASSWORD: server.password };
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
    await expectAsInFile(server, flags);
  });
});
