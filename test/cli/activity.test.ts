import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvCells } from '../support/csv-cells.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, type GraphShape, graphWith } from '../support/graph-rows.ts';
import { expectHarmless } from '../support/hostile-scene.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A line for `log --stdin`. */
interface Line {
  readonly action: string;
  readonly user?: string;
  readonly user_name?: string;
  readonly category?: string;
  readonly details?: unknown;
  readonly timestamp?: string;
  readonly key?: string;
}

/** A graph in which these actions are logged. */
async function graphOf(lines: readonly Line[], target = join(tempFolder(), 'org.db')): Promise<string> {
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  expect(await runCli(['log', '--stdin', '-t', target, '--quiet'], { input })).toMatchObject({ code: 0, stderr: '' });
  return target;
}

async function activityOf(target: string, user: string, ...flags: readonly string[]) {
  const { stdout, stderr, code } = await runCli(['activity', '-t', target, ...flags, '--json', '--', user]);
  expect([code, linesOf('error', stderr)]).toEqual([0, []]);
  const document = JSON.parse(stdout);
  return { ...document, names: document.actions.map(({ action }: { readonly action: string }) => action) };
}

/** What Ann did, in another order than it happened, and what others did. */
const WEEK: readonly Line[] = [
  {
    action: 'EXPORT',
    user: 'u-17',
    timestamp: '2026-02-07T23:59:59.999Z',
    key: '3',
    details: { rows: 12, to: 'a.csv' },
  },
  {
    action: 'LOGIN',
    user: 'u-17',
    user_name: 'Ann Lee',
    category: 'SECURITY',
    timestamp: '2026-02-05T10:00:00+02:00',
    key: '1',
    details: { ip: '192.0.2.1' },
  },
  { action: 'BACKUP', timestamp: '2026-02-05 09:00:00', key: '4' },
  { action: 'LOGIN', user: 'u-1', timestamp: '2026-02-06', key: '5' },
  { action: 'READ', user: 'u-17', timestamp: '2026-02-06', key: '2', details: 'page 1' },
];

describe('activity', () => {
  it('shows what a user did, and nobody else, the newest first', async () => {
    const target = await graphOf(WEEK);
    const before = stateOfFolder(join(target, '..'));
    const { stdout, stderr, code } = await runCli(['activity', 'u-17', '-t', target]);
    expect([code, stderr]).toEqual([0, '']);
    await expect(stdout).toMatchFileSnapshot('golden/activity.txt');
    expect(stateOfFolder(join(target, '..'))).toEqual(before);
  });

  it('is one document, one line an action, or cells', async () => {
    const target = await graphOf(WEEK);
    const actions = [
      {
        time: '2026-02-07T23:59:59.999Z',
        action: 'EXPORT',
        category: 'USER_ACTION',
        details: { rows: 12, to: 'a.csv' },
        id: 'audit_event:log:3',
      },
      {
        time: '2026-02-06T00:00:00.000Z',
        action: 'READ',
        category: 'USER_ACTION',
        details: 'page 1',
        id: 'audit_event:log:2',
      },
      {
        time: '2026-02-05T08:00:00.000Z',
        action: 'LOGIN',
        category: 'SECURITY',
        details: { ip: '192.0.2.1' },
        id: 'audit_event:log:1',
      },
    ];
    const told = async (format: string) =>
      (await runCli(['activity', 'u-17', '-t', target, '--format', format])).stdout;
    expect(JSON.parse(await told('json'))).toEqual({
      schema: 'audit-extract/activity@1',
      user: { id: 'u-17', name: 'u-17' },
      actions,
      more: false,
      warnings: [],
    });
    const lines = (await told('ndjson')).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(actions);
    expect(csvCells(await told('csv'))).toEqual([
      ['time', 'action', 'category', 'details', 'id'],
      ['2026-02-07T23:59:59.999Z', 'EXPORT', 'USER_ACTION', '{"rows":12,"to":"a.csv"}', 'audit_event:log:3'],
      ['2026-02-06T00:00:00.000Z', 'READ', 'USER_ACTION', '"page 1"', 'audit_event:log:2'],
      ['2026-02-05T08:00:00.000Z', 'LOGIN', 'SECURITY', '{"ip":"192.0.2.1"}', 'audit_event:log:1'],
    ]);
  });

  it('tells digits of details as they were logged', async () => {
    const target = join(tempFolder(), 'org.db');
    await runCli(['log', 'A', '--user', 'u', '--details', '{"id":9007199254740993}', '-t', target]);
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      expect((await runCli(['activity', 'u', '-t', target, '--format', format])).stdout).toContain('9007199254740993');
    }
  });

  it.for<[flags: readonly string[], actions: readonly string[]]>([
    [
      ['--since', '2026-02-06'],
      ['EXPORT', 'READ'],
    ],
    [['--since', '2026-02-06T00:00:00.001Z'], ['EXPORT']],
    [
      ['--until', '2026-02-06'],
      ['READ', 'LOGIN'],
    ],
    [['--until', '2026-02-05T08:00:00Z'], ['LOGIN']],
    [['--until', '2026-02-05T07:59:59Z'], []],
    [
      ['--since', '2026-02-05T10:00:00+02:00', '--until', '2026-02-07'],
      ['EXPORT', 'READ', 'LOGIN'],
    ],
    [['--since', '2026-02-06', '--until', '2026-02-06'], ['READ']],
    [['--since', '1m'], []],
    [['--limit', '1'], ['EXPORT']],
    [
      ['--limit', '3'],
      ['EXPORT', 'READ', 'LOGIN'],
    ],
    [['--until', '2026-02-06', '--limit', '1'], ['READ']],
  ])('with %j has %j', async ([flags, actions]) => {
    const found = await activityOf(await graphOf(WEEK), 'u-17', ...flags);
    expect(found.names).toEqual(actions);
    expect(found.more).toBe(flags.at(-1) === '1');
  });

  it('says that there are more', async () => {
    const target = await graphOf(Array.from({ length: 51 }, (_, at) => ({ action: `A${at}`, user: 'u' })));
    expect((await runCli(['activity', 'u', '-t', target])).stdout).toMatch(/\nThere are more: --limit shows them\.\n$/);
    expect(await activityOf(target, 'u')).toMatchObject({ more: true, names: { length: 50 } });
    expect(await activityOf(target, 'u', '--limit', '51')).toMatchObject({ more: false, names: { length: 51 } });
  });

  it.for(['u', 'u-171', 'U-17', '%', '_', '', '*', '"', "' OR 1=1"])(
    'of %j, whom the graph does not know, says so',
    async (user) => {
      const target = await graphOf(WEEK);
      const { stdout, stderr, code } = await runCli(['activity', '-t', target, '--', user]);
      expect([code, stdout]).toEqual([0, `${user}: no actions.\n`]);
      expect(linesOf('warning', stderr)).toEqual([
        `activity: the graph has no user '${user}'; audit-extract query --type user lists those it has`,
      ]);
      expect(await activityOf(target, user)).toEqual({
        schema: 'audit-extract/activity@1',
        user: { id: user, name: null },
        actions: [],
        more: false,
        warnings: [`the graph has no user '${user}'; audit-extract query --type user lists those it has`],
        names: [],
      });
      const csv = await runCli(['activity', '-t', target, '--format', 'csv', '--', user]);
      expect(csv.stdout).toBe('time,action,category,details,id\r\n');
    },
  );

  it('takes the id of the node of a user, too', async () => {
    const target = await graphOf([...WEEK, { action: 'SIGN', user: 'a:b', user_name: 'Ab', timestamp: '2026-02-05' }]);
    expect(await activityOf(target, 'user:a%3Ab')).toMatchObject({ user: { id: 'a:b', name: 'Ab' }, names: ['SIGN'] });
    await graphOf([{ action: 'ODD', user: 'user:u-17', timestamp: '2026-02-05' }], target);
    expect(await activityOf(target, 'user:u-17')).toMatchObject({ user: { id: 'user:u-17' }, names: ['ODD'] });
  });

  it('finds what others wrote by the edge to the user alone', async () => {
    const target = graphWith({
      nodes: [
        { id: 'DocUser-9', type: 'User', name: 'Di' },
        { id: 'audit_event:1', properties: '{"eventType":"SAVE"}' },
        { id: 'audit_event:2', properties: '{"eventType":"READ"}' },
      ],
      edges: [{ from: 'audit_event:1', to: 'DocUser-9', type: 'PERFORMED_BY' }],
    });
    expect(await activityOf(target, 'DocUser-9')).toMatchObject({
      user: { id: 'DocUser-9', name: 'Di' },
      names: ['SAVE'],
    });
  });

  it('tells users of odd ids from one another', async () => {
    const users = [
      'a b',
      ' a b',
      'a\nb',
      '50%',
      '50%25',
      'a:b',
      'a%3Ab',
      '-x',
      '--json',
      '漢'.repeat(166),
      'é'.repeat(500),
    ];
    const target = await graphOf(users.map((user, at) => ({ action: `A${at}`, user })));
    for (const [at, user] of users.entries()) {
      expect(await activityOf(target, user)).toMatchObject({ user: { id: user }, names: [`A${at}`] });
    }
  });

  it('goes by what is in the graph of a run, too', async () => {
    const { paths, target } = orchardScene();
    await runCli(['run', ...paths, '--edges', '--quiet']);
    await graphOf(WEEK, target);
    expect((await activityOf(target, 'u-17')).names).toEqual(['EXPORT', 'READ', 'LOGIN']);
  });
});

describe('activity in a graph that others wrote', () => {
  it.each<GraphShape>(['ours', 'indexed', 'bare', 'odd'])('finds actions by their user (%s tables)', async (shape) => {
    const properties =
      '{"userUID":"ann","eventType":"SAVE","eventCategory":"DOCS","timestamp":"2026-02-05","details":[1]}';
    const target = graphWith(
      {
        nodes: [
          { id: 'user:ann', type: 'user', name: 'Ann' },
          { id: 'audit_event:1', properties },
          { id: 'audit_event:2', properties: properties.replace('ann', 'ben') },
          { id: 'audit_event:3', name: 'odd', properties: '{"userUID":"ann","eventType":7,"eventCategory":[]}' },
          { id: 'audit_event:4', properties: 'no JSON "ann"' },
          { id: 'document', type: 'Document', properties },
        ],
        edges: [{ from: 'audit_event:1', to: 'user:ann', type: 'PERFORMED_BY' }],
      },
      shape,
    );
    expect(await activityOf(target, 'ann')).toMatchObject({
      user: { id: 'ann', name: 'Ann' },
      actions: [
        { time: '2026-02-05T00:00:00.000Z', action: 'SAVE', category: 'DOCS', details: [1], id: 'audit_event:1' },
        { time: null, action: 'odd', category: null, details: null, id: 'audit_event:3' },
      ],
    });
  });

  it('leaves out what is deleted', async () => {
    const target = await graphOf(WEEK);
    changeGraph(target, "UPDATE kg_nodes SET deleted_at = '2026-03-01' WHERE id = 'audit_event:log:2'");
    expect((await activityOf(target, 'u-17')).names).toEqual(['EXPORT', 'LOGIN']);
  });
});

describe('hostile texts in activity', () => {
  it('are no formulas in CSV, and do nothing in a terminal', async () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\u001b[2J', '\u202e', 'a","=1'];
    const target = await graphOf([
      ...texts.map((text) => ({ action: text, category: text, user: '=u', user_name: '=1+1', details: text })),
      { action: 'A', user: '=u', details: -5 },
    ]);
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout, stderr, code } = await runCli(['activity', '=u', '-t', target, '--format', format]);
      expect([code, stderr]).toEqual([0, '']);
      expectHarmless(stdout.replaceAll('\r\n', '\n'), format);
      if (format !== 'csv') continue;
      const cells = csvCells(stdout);
      expect(cells).toHaveLength(texts.length + 2);
      for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }
  });
});

describe('activity that cannot be told', () => {
  it.for<[args: readonly string[], error: string, says: string]>([
    [[], 'usage', "missing required argument 'user'"],
    [['u', 'v'], 'usage', 'too many arguments'],
    [['u', '--sinse', '1d'], 'usage', "unknown option '--sinse'"],
    [['u', '--since', 'soon'], 'usage', "--since cannot be 'soon'"],
    [['u', '--until', '2026-02-30'], 'usage', "--until cannot be '2026-02-30'"],
    [['u', '--since', '1d', '--until', '2d'], 'usage', 'is later than'],
    [['u', '--limit', '0'], 'usage', '--limit'],
    [['u', '--limit', '10001'], 'usage', '--limit'],
    [['u', '--limit', '1.5'], 'usage', '--limit'],
    [['u', '--format', 'svg'], 'usage', '--format'],
  ])('because of the flags %j', async ([args, error, says]) => {
    const target = graphWith({ nodes: [] });
    await expectFailure(['activity', ...args, '-t', target], { code: 2, error, says });
  });

  it('because of the file', async () => {
    const folder = tempFolder();
    await expectFailure(['activity', 'u', '-t', join(folder, 'none.db')], { code: 2, error: 'target-not-found' });
    await expectFailure(['activity', 'u', '-t', folder], { code: 2, error: 'target-not-a-file' });
    expect(stateOfFolder(folder)).toEqual({});
  });

  it('has help that ends in examples', async () => {
    const { stdout, code } = await runCli(['activity', '--help']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/\nExamples:\n( {2}\$ audit-extract activity .*\n)+$/)]);
  });
});
