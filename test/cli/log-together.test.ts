import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { changeGraph, readValue } from '../support/graph-rows.ts';
import { readActions } from '../support/read-actions.ts';
import { readEdges } from '../support/read-edges.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

const PROCESSES = 4;
const EACH = 200;
const USERS = 5;

const inputs = Array.from({ length: PROCESSES }, (_, process) =>
  Array.from({ length: EACH }, (_, at) => {
    const action = { action: `A${at}`, user: `u${at % USERS}`, key: `${process}-${at}` };
    return `${JSON.stringify(action)}\n`;
  }).join(''),
);

const logAll = (target: string): Promise<readonly CliResult[]> =>
  Promise.all(inputs.map((input) => runCli(['log', '--stdin', '-t', target], { input })));

function expectAllOnce(target: string): void {
  expect(isIntact(target)).toBe(true);
  const ids = readActions(target).map(({ id }) => id);
  expect(ids).toHaveLength(PROCESSES * EACH);
  expect(new Set(ids).size).toBe(ids.length);
  const { edges } = readEdges(target);
  for (const type of ['HAS_EVENT:', 'PERFORMED_BY:']) {
    const of = edges.filter((edge) => edge.startsWith(type) && edge.includes('audit_event%3Alog%3A'));
    expect([type, of.length]).toEqual([type, PROCESSES * EACH]);
  }
}

describe('four processes that log at once', () => {
  it('into a graph that is not there yet: all actions are in, and none of them fails', async () => {
    const target = join(tempFolder(), 'org.db');
    const done = { code: 0, stderr: '', stdout: `${EACH} actions logged.\n` };
    expect(await logAll(target)).toMatchObject(inputs.map(() => done));
    expectAllOnce(target);
    expect(readEdges(target).entities).toHaveLength(1 + USERS);
  });

  it('while a run goes on: so they are, and so is the run; verify agrees', async () => {
    const { paths, target } = bigScene(3000);
    const [run, ...logs] = await Promise.all([
      runCli(['run', ...paths, '--edges', '--batch-size', '50', '--json']),
      ...inputs.map((input) => runCli(['log', '--stdin', '-t', target], { input })),
    ]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(logs).toMatchObject(inputs.map(() => ({ code: 0, stderr: '' })));
    expectAllOnce(target);
    expect(readValue(target, "SELECT count(*) FROM kg_nodes WHERE subtype <> 'user_action'")).toBe(
      JSON.parse(run?.stdout ?? '').totals.inserted,
    );
    expect(await runCli(['verify', ...paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('the same actions: each is in once', async () => {
    const target = join(tempFolder(), 'org.db');
    const [input = ''] = inputs;
    const results = await Promise.all(inputs.map(() => runCli(['log', '--stdin', '-t', target, '--json'], { input })));
    const counts = results.map(({ stdout }) => JSON.parse(stdout));
    expect(counts.reduce((sum, { logged }) => sum + logged, 0)).toBe(EACH);
    for (const { logged, already_logged } of counts) expect(logged + already_logged).toBe(EACH);
    expect(readActions(target)).toHaveLength(EACH);
  });
});

describe('verify, after actions were logged', () => {
  /** A graph of a run and of three logged actions. */
  async function logged() {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--edges', '--quiet']);
    for (const key of ['a', 'b', 'c']) {
      await runCli(['log', 'A', '--key', key, '--user', 'u', '--details', '{"n":1}', '-t', scene.target]);
    }
    return scene;
  }

  it('agrees, and a full run leaves them as they are', async () => {
    const { paths, target } = await logged();
    expect(await runCli(['verify', ...paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
    const before = readActions(target);
    expect(await runCli(['run', ...paths, '--full', '--edges', '--quiet'])).toMatchObject({ code: 0, stderr: '' });
    expect(readActions(target)).toEqual(before);
    expect(await runCli(['verify', ...paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
  });

  it.for([
    [
      'altered',
      `UPDATE kg_nodes SET properties = replace(properties, '"n":1', '"n":2') WHERE id = 'audit_event:log:b'`,
    ],
    [
      'altered',
      "UPDATE kg_nodes SET properties = replace(properties, 'userUID\":\"u', 'userUID\":\"v') WHERE id = 'audit_event:log:b'",
    ],
    ['altered', "UPDATE kg_nodes SET name = 'nothing' WHERE id = 'audit_event:log:b'"],
    [
      'missing',
      "DELETE FROM kg_edges WHERE 'audit_event:log:b' IN (from_node, to_node); DELETE FROM kg_nodes WHERE id = 'audit_event:log:b'",
    ],
  ] as const)('tells that one was %s by hand', async ([finding, sql]) => {
    const { paths, target } = await logged();
    changeGraph(target, sql);
    const { code, stdout } = await runCli(['verify', ...paths]);
    expect([code, stdout]).toEqual([5, expect.stringContaining(`\n${finding}: audit_event:log:b: `)]);
  });

  it('tells that one was removed with what is recorded of it', async () => {
    const { paths, target } = await logged();
    changeGraph(
      target,
      `DELETE FROM kg_edges WHERE 'audit_event:log:b' IN (from_node, to_node);
       DELETE FROM kg_nodes WHERE id = 'audit_event:log:b'; DELETE FROM audit_entries WHERE key = 'log:b'`,
    );
    const { code, stderr } = await runCli(['verify', ...paths]);
    expect([code, stderr]).toEqual([5, expect.stringContaining('the seals')]);
  });
});
