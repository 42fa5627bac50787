import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { type GraphShape, graphWith } from '../support/graph-rows.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';

const trailOf = async (target: string, ...flags: readonly string[]) =>
  JSON.parse((await runCli(['trail', '-t', target, ...flags, '--json'])).stdout);

const smallTrail = (shape: GraphShape = 'ours') => {
  const times: readonly (string | null)[] = [
    '{"timestamp":"2026-03-02T01:00:00+02:00"}',
    '{"timestamp":"2026-03-02 10:00:00"}',
    '{"last_occurrence":"soon","updated_at":"2026-03-04","created_at":"2026-03-01"}',
    '{"timestamp":7}',
    'no JSON',
    null,
  ];
  const events = times.map((properties, at) => ({ id: `audit_event:${at}`, properties }));
  return graphWith(
    {
      nodes: [
        { id: 'audit_trail:main', type: 'audit_trail' },
        { id: 'user:ann', type: 'user', name: 'Ann' },
        { id: 'user:ben', type: 'user', name: 'Ben' },
        ...events,
        { id: 'audit_event:error', subtype: 'tool_error', properties: '{"last_occurrence":"2026-03-04T05:06:07.8Z"}' },
        { id: 'audit_event:deleted', deleted: true },
        { id: 'audit_event:elsewhere' },
        { id: 'folder', type: 'Folder' },
      ],
      edges: [
        ...['0', '1', '2', '3', '4', '5', 'error', 'deleted'].map((name) => ({
          from: 'audit_trail:main',
          to: `audit_event:${name}`,
        })),
        { from: 'audit_trail:main', to: 'folder' },
        { from: 'audit_event:0', to: 'user:ben', type: 'PERFORMED_BY' },
        { from: 'audit_event:1', to: 'user:ann', type: 'PERFORMED_BY' },
        { from: 'audit_event:2', to: 'user:ann', type: 'PERFORMED_BY' },
        { from: 'audit_event:elsewhere', to: 'user:ben', type: 'PERFORMED_BY' },
      ],
    },
    shape,
  );
};

describe('trail', () => {
  test.each<GraphShape>(['ours', 'indexed', 'bare'])(
    'counts events by kind and day, and users (%s tables)',
    async (shape) => {
      const target = smallTrail(shape);
      expect(await trailOf(target)).toEqual({
        schema: 'audit-extract/trail@1',
        target: { path: target },
        trail: 'audit_trail:main',
        events: 7,
        first: '2026-03-01T00:00:00.000Z',
        last: '2026-03-04T05:06:07.800Z',
        kinds: [
          { subtype: 'tool_error', events: 1 },
          { subtype: 'user_action', events: 6 },
        ],
        days: [
          { day: '2026-03-01', subtype: 'user_action', events: 1 },
          { day: '2026-03-02', subtype: 'user_action', events: 1 },
          { day: '2026-03-04', subtype: 'tool_error', events: 1 },
          { day: '2026-03-04', subtype: 'user_action', events: 1 },
          { day: null, subtype: 'user_action', events: 3 },
        ],
        users: [
          { id: 'user:ann', name: 'Ann', actions: 2 },
          { id: 'user:ben', name: 'Ben', actions: 1 },
        ],
      });
    },
  );

  test('counts an event that hangs on it twice once', async () => {
    const edge = { from: 'audit_trail:main', to: 'audit_event:1' };
    const nodes = [{ id: 'audit_trail:main', type: 'audit_trail' }, { id: 'audit_event:1' }];
    for (const shape of ['bare', 'odd'] as const) {
      expect(await trailOf(graphWith({ nodes, edges: [edge, edge] }, shape))).toMatchObject({ events: 1 });
    }
  });

  test('shows what a run with edges has made, and what link makes', async () => {
    const { paths, target } = orchardScene();
    expect((await runCli(['run', ...paths, '--edges'])).code).toBe(0);
    const trail = await trailOf(target);
    expect(trail).toMatchObject({ trail: 'audit_trail:main', events: 11 });
    expect(trail.kinds.map(({ subtype }: { subtype: string }) => subtype)).toEqual([
      'session_boundary',
      'task_completion',
      'tool_error',
    ]);
  });

  test('draws tables, lines and cells, and changes nothing', async () => {
    const target = smallTrail();
    const before = stateOfFolder(join(target, '..'));
    const { stdout, stderr, code } = await runCli(['trail', '-t', target]);
    expect([code, stderr]).toEqual([0, '']);
    await expect(stdout.replace(/^.*org\.db/, 'org.db')).toMatchFileSnapshot('golden/trail.txt');
    const lines = (await runCli(['trail', '-t', target, '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ day: null, subtype: 'user_action', events: 3 });
    const cells = (await runCli(['trail', '-t', target, '--format', 'csv'])).stdout.split('\r\n');
    expect(cells.slice(0, 2)).toEqual(['day,subtype,events', '2026-03-01,user_action,1']);
    expect(stateOfFolder(join(target, '..'))).toEqual(before);
  });

  test('shows hostile names harmlessly, and not all of many', async () => {
    const texts = Object.values(HOSTILE_TEXTS);
    const nodes = texts.flatMap((text, at) => [
      { id: `audit_event:${at}`, subtype: text },
      { id: `user:${text}`, type: 'user', name: text },
    ]);
    const edges = texts.flatMap((text, at) => [
      { from: 'audit_trail:main', to: `audit_event:${at}` },
      { from: `audit_event:${at}`, to: `user:${text}`, type: 'PERFORMED_BY' },
    ]);
    const target = graphWith({ nodes: [{ id: 'audit_trail:main', type: 'audit_trail' }, ...nodes], edges });
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout, code } = await runCli(['trail', '-t', target, '--format', format]);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[^\P{Cc}\r\n]|[\u202a-\u202e\u2066-\u2069\u200b]/u);
      if (format === 'table') expect(stdout).toContain(`and ${texts.length - 20} more`);
    }
  });

  test('takes the only trail, whatever its id, or the one that is named', async () => {
    const trails = ['audit_trail:team', 'T-1'].map((id) => ({ id, type: 'audit_trail' }));
    expect(await trailOf(graphWith({ nodes: trails.slice(1) }))).toMatchObject({
      trail: 'T-1',
      events: 0,
      first: null,
    });
    const two = graphWith({ nodes: trails });
    expect(await trailOf(two, '--trail', 'team')).toMatchObject({ trail: 'audit_trail:team' });
    await expectFailure(['trail', '-t', two], { code: 2, error: 'trail-ambiguous', says: 'T-1, audit_trail:team' });
    await expectFailure(['trail', '-t', two, '--trail', 'x'], {
      code: 2,
      error: 'trail-not-found',
      says: 'audit_trail:x',
    });
  });

  test('of a graph without any says how it comes to one', async () => {
    const failure = { code: 2, error: 'trail-not-found', says: 'has no trail', hint: /run --edges.*link/ };
    await expectFailure(['trail', '-t', graphWith({ nodes: [] })], failure);
  });

  test.each([
    [['--format', 'xml'], '--format'],
    [['--trial', 'x'], '--trial'],
    [['migrat'], 'arguments'],
    [['--dry-run'], '--dry-run'],
  ])('%j is refused', async (flags, says) => {
    await expectFailure(['trail', '-t', smallTrail(), ...flags], { code: 2, error: 'usage', says });
  });
});
