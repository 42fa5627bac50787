import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvCells } from '../support/csv-cells.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, graphWith, readValue } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { SECRETS } from '../support/secrets.ts';

const ERROR = 'audit_event:err:a11ce000-0001-4000-8000-000000000001:Bash:exit_code_1';

interface Told {
  readonly number: string;
  readonly component: string;
  readonly record_id: string;
  readonly operation: string;
  readonly actor: string;
  readonly run_id: number | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** A graph that a run has made, and in which somebody has done this and that since. */
async function livelyScene() {
  const scene = orchardScene();
  const target = ['-t', scene.target];
  const ran = await runCli(['run', ...scene.paths, '--edges', '--quiet']);
  expect(ran.code).toBe(0);
  for (const words of [
    ['log', 'LOGIN', '--user', 'u-17', '--key', '1', '--actor', 'ann'],
    ['delete', ERROR, '--actor', 'ann'],
    ['undelete', ERROR, '--actor', 'bob'],
    ['delete', 'PERFORMED_BY:audit_event%3Alog%3A1->user%3Au-17', '--actor', 'bob'],
  ]) {
    expect(await runCli([...words, ...target])).toMatchObject({ code: 0, stderr: '' });
  }
  const ask = async (
    ...flags: readonly string[]
  ): Promise<{ readonly changes: readonly Told[]; readonly more: boolean }> => {
    const { stdout, stderr, code } = await runCli(['history', ...target, ...flags, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };
  return { ...scene, ask };
}

describe('history', () => {
  it('tells who did what to which node or edge, the newest first', async () => {
    const { ask } = await livelyScene();
    const { changes, more } = await ask('--limit', '4');
    expect(more).toBe(true);
    expect(changes.slice(0, 3).map(({ operation, component, actor }) => [operation, component, actor])).toEqual([
      ['delete', 'PERFORMED_BY', 'bob'],
      ['restore', 'audit_event', 'bob'],
      ['soft_delete', 'audit_event', 'ann'],
    ]);
    expect(changes[1]).toMatchObject({
      before: { id: ERROR, properties: { error_count: 3 }, deleted_at: expect.any(String) },
      after: { id: ERROR, node_type: 'audit_event' },
      run_id: null,
    });
    expect(changes[1]?.after).not.toHaveProperty('deleted_at');
  });

  it('tells of one record all that became of it, its first words included', async () => {
    const { ask } = await livelyScene();
    const { changes } = await ask('--record', ERROR);
    expect(changes.map(({ operation, actor, run_id }) => [operation, actor, run_id])).toEqual([
      ['restore', 'bob', null],
      ['soft_delete', 'ann', null],
      ['insert', 'tool-errors@2', 1],
    ]);
    expect(changes[2]).toMatchObject({ before: null, after: { id: ERROR, properties: { error_count: 3 } } });
  });

  it('takes what is asked for: component, operation, actor, time', async () => {
    const { ask } = await livelyScene();
    const of = async (...flags: readonly string[]) => (await ask(...flags, '--limit', '1000')).changes.length;
    expect(await of('--component', 'audit_event', '--operation', 'insert')).toBe(12);
    expect(await of('--component', 'user')).toBe(1);
    expect(await of('--actor', 'bob')).toBe(2);
    expect(await of('--operation', 'update')).toBe(0);
    expect(await of('--since', '1h')).toBeGreaterThan(30);
    expect(await of('--until', '2020-01-01')).toBe(0);
    expect(await of('--record', 'nobody')).toBe(0);
  });

  it('goes on with --offset, so that pages together are all', async () => {
    const { ask } = await livelyScene();
    const all = (await ask('--limit', '1000')).changes;
    const pages: Told[] = [];
    for (let more = true; more; ) {
      const page = await ask('--limit', '7', '--offset', String(pages.length));
      pages.push(...page.changes);
      more = page.more;
    }
    expect(pages).toEqual(all);
    expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
  });

  it('can be had as a table, as lines of JSON and as CSV', async () => {
    const { target, ask } = await livelyScene();
    const shown = await runCli(['history', '-t', target, '--record', ERROR]);
    expect(shown.stdout).toMatch(/│ restore +│ audit_event +│/);
    expect(shown.stdout).toContain('deleted_at: (none) -> ');
    const lines = await runCli(['history', '-t', target, '--record', ERROR, '--format', 'ndjson']);
    expect(
      lines.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual((await ask('--record', ERROR)).changes);
    const [head, ...rows] = csvCells(
      (await runCli(['history', '-t', target, '--record', ERROR, '--format', 'csv'])).stdout,
    );
    expect(head).toEqual([
      ...['number', 'timestamp', 'component', 'record_id', 'operation', 'actor', 'run_id', 'before', 'after'],
    ]);
    expect(rows).toHaveLength(3);
  });

  it('of a graph that this program has not written says so, and writes nothing', async () => {
    const target = graphWith({ nodes: [{ id: 'a' }] });
    const before = stateOfFolder(dirname(target));
    const { stdout, stderr, code } = await runCli(['history', '-t', target]);
    expect([code, stdout]).toEqual([0, 'No changes.\n']);
    expect(stderr).toMatch(/^warning: history: the graph has no log of changes yet/);
    expect(stateOfFolder(dirname(target))).toEqual(before);
  });

  it('shows no secret that a name of who did it holds', async () => {
    const [secret = ''] = Object.values(SECRETS).flat();
    const target = graphWith({ nodes: [{ id: 'a' }] });
    await runCli(['delete', 'a', '-t', target, '--actor', secret]);
    await runCli(['history', 'prune', '--before', '2020-01-01', '-t', target, '--actor', secret]);
    const { stdout } = await runCli(['history', '-t', target, '--json']);
    expect(JSON.parse(stdout).changes).toHaveLength(1);
    expect(stdout + readFileSync(target, 'latin1')).not.toContain(secret);
  });

  it('refuses what makes no sense', async () => {
    const { target } = orchardScene();
    const asked = ['history', '-t', graphWith({ nodes: [] })];
    await expectFailure(['history', '-t', target], { code: 2, error: 'target-not-found' });
    await expectFailure([...asked, '--limit', '1001'], { code: 2, error: 'usage' });
    await expectFailure([...asked, '--limit', '0'], { code: 2, error: 'usage' });
    await expectFailure([...asked, '--operation', 'remove'], { code: 2, error: 'usage' });
    await expectFailure([...asked, '--since', '2026-02-01', '--until', '2026-01-01'], { code: 2, error: 'usage' });
  });

  it('of a list of ids that others have damaged says so', async () => {
    const { target } = await livelyScene();
    changeGraph(target, "UPDATE audit_changes SET records = x'00' WHERE records IS NOT NULL");
    await expectFailure(['history', '-t', target, '--limit', '1000'], { code: 1, error: 'target-corrupt' });
  });
});

describe('history prune', () => {
  it('drops what is old, and keeps that it did', async () => {
    const { target, ask } = await livelyScene();
    const all = (await ask('--limit', '1000')).changes.length;
    const prune = ['history', 'prune', '-t', target, '--before', '2100-01-01'];
    const dry = await runCli([...prune, '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      schema: 'audit-extract/history-prune@1',
      dry_run: true,
      changes: all,
    });
    expect((await ask('--limit', '1000')).changes).toHaveLength(all);
    const done = await runCli([...prune, '--actor', 'ann']);
    expect(done.stdout).toBe(`Done: ${all} changes from before 2100-01-01T00:00:00.000Z went from the log.\n`);
    expect((await ask()).changes).toEqual([
      expect.objectContaining({
        ...{ component: 'change_log', operation: 'prune', actor: 'ann' },
        after: { before: '2100-01-01T00:00:00.000Z', changes: all },
      }),
    ]);
    expect((await runCli([...prune, '--quiet'])).stdout).toBe('');
    expect(readValue(target, 'SELECT count(*) FROM audit_changes')).toBe(1);
  });

  it('wants to be told what is old', async () => {
    const target = graphWith({ nodes: [] });
    await expectFailure(['history', 'prune', '-t', target], { code: 2, error: 'usage' });
    await expectFailure(['history', 'prune', '-t', target, '--before', 'long ago'], { code: 2, error: 'usage' });
    await expectFailure(['history', 'prune', '-t', target, '--before', '1d', '--actor', ' '], {
      code: 2,
      error: 'usage',
    });
  });
});
