import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { pausedRun } from '../support/paused-run.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { runServer, type ServerProcess } from '../support/run-server.ts';
import { orchardScene } from '../support/scene.ts';
import { allEventsOf, eventsOf } from '../support/server-events.ts';

/** Starts a run and waits for its end. */
async function runToEnd(server: ServerProcess, body: object = {}) {
  const started = await server.ask('/runs', { method: 'POST', body });
  expect(started.status).toBe(202);
  await allEventsOf(server, started.json.id);
  return (await server.ask(started.headers.get('location') ?? '')).json;
}

/** A server whose run is in the middle of many small batches. */
async function runningServer() {
  const scene = bigScene(20_000);
  const server = await runServer([...scene.paths, '--batch-size', '20']);
  const { json } = await server.ask('/runs', { method: 'POST', body: {} });
  const events = eventsOf(server, json.id);
  for await (const { name } of events) if (name === 'batch-written') break;
  return { ...scene, server, id: json.id as string };
}

describe('a run', () => {
  test('does what the command line does, and reports the same', async () => {
    const [here, there] = [orchardScene(), orchardScene()];
    const server = await runServer(here.paths);
    const run = await runToEnd(server, { edges: true });
    const { stdout } = await runCli(['run', ...there.paths, '--edges', '--json']);
    // When its trail was made is no content of events.
    const contentOf = (target: string) => readContent(target).filter((node) => node.node_type !== 'audit_trail');
    expect(contentOf(here.target)).toEqual(contentOf(there.target));
    const told = JSON.parse(stdout);
    expect(Object.keys(run.report)).toEqual(Object.keys(told));
    expect(run.report).toMatchObject({ totals: told.totals, edges: told.edges });
    expect(run).toMatchObject({ state: 'done', started_by: 'tester', full: false, dry_run: false, error: null });
    expect(Date.parse(run.finished_at)).toBeGreaterThanOrEqual(Date.parse(run.started_at));
  });

  test('is started without a body, too, and answers before it is done', async () => {
    const server = await runServer(orchardScene().paths);
    const { status, headers, json } = await server.ask('/runs', { method: 'POST' });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/runs/${json.id}`);
    expect(json).toMatchObject({ edges: null, only: null, skip: null });
  });

  test('reads what it is told to', async () => {
    const scene = orchardScene();
    const server = await runServer(scene.paths);
    const run = await runToEnd(server, { only: ['tool-errors'], full: true, dry_run: true });
    expect(run).toMatchObject({ only: ['tool-errors'], full: true, dry_run: true });
    expect(run.report).toMatchObject({ dry_run: true, mode: 'full', extractors: [{ name: 'tool-errors' }] });
    expect(readContent(scene.target)).toEqual([]);
    expect((await runToEnd(server, { skip: ['tool-errors'] })).report.extractors).toHaveLength(2);
  });

  test('of unknown extractors, members or types, or of nobody, is refused', async () => {
    const server = await runServer(orchardScene().paths);
    const post = (body: unknown, headers = {}) => server.ask('/runs', { method: 'POST', body, headers });
    expect(await post({ only: ['tool-erors'] })).toMatchObject({
      status: 400,
      json: { code: 'usage', hint: /did you mean tool-errors/ },
    });
    expect(await post({ dryrun: true })).toMatchObject({ status: 400, json: { detail: /dryrun/ } });
    expect(await post({ full: 'yes' })).toMatchObject({ status: 400, json: { detail: /full/ } });
    expect(await post({ skip: [] })).toMatchObject({ status: 400 });
    expect(await post([])).toMatchObject({ status: 400 });
    expect(await post({}, { 'x-user': '' })).toMatchObject({ status: 400, json: { detail: /X-User/ } });
    expect((await server.ask('/runs')).json).toEqual({ runs: [] });
  });

  test('needs a source', async () => {
    const { target, paths, folder } = orchardScene();
    await runCli(['run', ...paths, '-q']);
    const post = async (args: readonly string[]) => (await runServer(args)).ask('/runs', { method: 'POST' });
    const problem = { status: 409, json: { code: 'source-not-found', hint: /--source/ } };
    expect(await post(['-t', target])).toMatchObject(problem);
    expect(await post(['-t', target, '-s', join(folder, 'none.db')])).toMatchObject(problem);
  });

  test('is a dry one where nothing may be written', async () => {
    const { target, paths } = orchardScene();
    await runCli(['run', ...paths, '--only', 'tool-errors', '-q']);
    const before = readContent(target);
    const server = await runServer([...paths, '--read-only']);
    expect(await server.ask('/runs', { method: 'POST' })).toMatchObject({ status: 403, json: { hint: /dry_run/ } });
    expect((await runToEnd(server, { dry_run: true })).report.totals.inserted).toBeGreaterThan(0);
    expect(readContent(target)).toEqual(before);
  });
});

describe('one run at a time', () => {
  test('is going on here', async () => {
    const { server, id } = await runningServer();
    const second = await server.ask('/runs', { method: 'POST' });
    expect(second).toMatchObject({ status: 409, json: { code: 'run-busy', detail: new RegExp(id) } });
    expect((await server.ask('/runs')).json.runs).toMatchObject([{ id, state: 'running', finished_at: null }]);
  });

  test('is going on elsewhere', async () => {
    const scene = bigScene(400);
    const server = await runServer(scene.paths);
    const run = await pausedRun(['run', ...scene.paths]);
    expect(await server.ask('/runs', { method: 'POST' })).toMatchObject({ status: 409, json: { code: 'run-busy' } });
    expect(await run.goOn()).toBe(0);
    expect((await runToEnd(server)).report.totals.inserted).toBe(0);
  });

  test('and the last twenty are remembered', async () => {
    const server = await runServer(orchardScene().paths);
    const ids: string[] = [];
    for (let at = 0; at < 22; at++) ids.unshift((await runToEnd(server, { dry_run: true, only: ['tool-errors'] })).id);
    const { runs } = (await server.ask('/runs')).json;
    expect(runs.map(({ id }: { readonly id: string }) => id)).toEqual(ids.slice(0, 20));
    expect(runs[0]).not.toHaveProperty('report');
    expect(await server.ask(`/runs/${ids[21]}`)).toMatchObject({ status: 404, json: { hint: /status/ } });
  }, 120_000);
});

test('a run is interrupted at its next whole batch, and the next one goes on', async () => {
  const { server, id, paths, target } = await runningServer();
  expect(await server.ask(`/runs/${id}`, { method: 'DELETE' })).toMatchObject({ status: 202 });
  const last = (await allEventsOf(server, id)).at(-1);
  expect(last).toMatchObject({
    name: 'run-finished',
    data: { state: 'interrupted', error: { code: 'interrupted-sigint' } },
  });
  const written = readContent(target).length;
  expect(written).toBeGreaterThan(0);
  expect(last?.data.report.totals.inserted).toBe(written);
  expect(await server.ask(`/runs/${id}`, { method: 'DELETE' })).toMatchObject({
    status: 200,
    json: { state: 'interrupted' },
  });
  expect(await server.ask('/runs/none', { method: 'DELETE' })).toMatchObject({ status: 404 });
  expect((await runCli(['run', ...paths, '-q'])).code).toBe(0);
  expect(readContent(target).length).toBeGreaterThan(written);
});
