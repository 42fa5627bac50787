import { describe, expect, test } from 'vitest';
import { usualTables } from '../../fixtures/sessions-db.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { runOnTerminal } from '../support/run-shell.ts';
import { orchardScene, type Scene, tablesScene } from '../support/scene.ts';

const MORNING = 'a11ce000-0001-4000-8000-000000000001';
const EVENING = 'b0b00000-0002-4000-8000-000000000002';

const withEdges = () => extracted(orchardScene(), '--edges');

/** The orchard week, its second task failed. */
async function withFailedTask(): Promise<Scene> {
  const scene = orchardScene();
  changeGraph(
    scene.source,
    "UPDATE task_tracking SET outcome = 'failed', status = 'completed' WHERE task_id = 'B.2.7'",
  );
  return extracted(scene, '--edges');
}

async function ask({ paths }: Scene, ...flags: readonly string[]) {
  const { stdout, stderr, code } = await runCli(['stats', ...paths, ...flags, '--json']);
  expect([code, linesOf('error', stderr)]).toEqual([0, []]);
  return { ...JSON.parse(stdout), warnings: linesOf('warning', stderr) };
}

describe('stats', () => {
  test('shows all there is at a glance, with bars', async () => {
    const { paths } = await withFailedTask();
    const { stdout, stderr, code } = await runCli(['stats', ...paths]);
    expect(code).toBe(0);
    expect(linesOf('warning', stderr)).toEqual([
      'stats: sessions of 1 system event are not known: no entry of the source tells them',
    ]);
    await expect(stdout).toMatchFileSnapshot('golden/stats.txt');
  });

  test('keeps its lines within a terminal', async () => {
    const { paths } = await withEdges();
    const { stdout } = await runOnTerminal('stty cols 60; audit stats --by tool "$@"', paths);
    const lines = stdout.split(/\r?\n/);
    expect(lines.join('\n')).toContain('█');
    for (const line of lines) expect([...line].length, line).toBeLessThanOrEqual(60);
  });

  test('has all parts in one document', async () => {
    const document = await ask(await withEdges());
    expect(document).toMatchObject({
      schema: 'audit-extract/stats@1',
      kinds: [
        { subtype: 'session_boundary', events: 4, rows: 4 },
        { subtype: 'task_completion', events: 2, rows: 2 },
        { subtype: 'tool_error', events: 5, rows: 8 },
      ],
      compactions: [{ trigger: 'auto', compactions: 1 }],
    });
    expect(Object.keys(document)).toEqual([
      'schema',
      'target',
      'filter',
      'kinds',
      'tools',
      'types',
      'days',
      'sessions',
      'compactions',
      'tasks',
      'rates',
      'warnings',
    ]);
  });

  test.for([
    [['--by', 'tool', '--limit', '1'], [{ tool: 'Bash', errors: 3, events: 1 }], true],
    [['--by', 'tool', '--error-type', 'unknown'], [{ tool: 'Read', errors: 2, events: 1 }], false],
    [['--by', 'type', '--tool', 'Edit'], [{ error_type: 'string_not_found', errors: 1, events: 1 }], false],
    [['--by', 'type', '--since', '2026-03-05'], [{ error_type: 'exit_code_1', errors: 1, events: 1 }], false],
    [
      ['--by', 'day', '--tool', 'Bash'],
      [
        { day: '2026-03-05', errors: 1, events: 1 },
        { day: '2026-03-04', errors: 1, events: 0 },
        { day: '2026-03-03', errors: 1, events: 0 },
      ],
      false,
    ],
    [['--by', 'day', '--until', '2026-02-28'], [], false],
    [['--by', 'session', '--tool', 'Read'], [{ session: EVENING, errors: 3, compactions: 0, failed_tasks: 1 }], false],
    [['--by', 'compaction'], [{ trigger: 'auto', compactions: 1 }], false],
    [
      ['--by', 'task'],
      [{ task_id: 'B.2.7', outcome: 'failed', error_events: 1, errors: 1, tools: ['mcp__weather__forecast'] }],
      false,
    ],
  ] as const)('%j gives the rows that were asked for', async ([flags, rows, more]) => {
    const answer = await ask(await withFailedTask(), ...flags);
    expect(answer).toMatchObject({ view: flags[1], rows, more });
    expect(answer.rows).toHaveLength(rows.length);
  });

  test('sessions with most trouble: errors, compactions, and tasks that failed', async () => {
    const { rows } = await ask(await withFailedTask(), '--by', 'session');
    expect(rows).toMatchObject([
      { session: MORNING, errors: 4, compactions: 1, failed_tasks: 0, last: '2026-03-05T08:00:04.000Z' },
      { session: EVENING, errors: 4, compactions: 0, failed_tasks: 1, last: '2026-03-04T08:00:08.000Z' },
    ]);
  });

  test('of sessions with as many errors those with most compactions come first, then by name', async () => {
    const sessions = ['a', 'b', 'c', 'd', 'e'];
    const errors = [...sessions, 'z', 'z'].map((session_id) => ({ session_id, tool_name: 'Bash', status: 'error' }));
    const compacted = ['d', 'e', 'e', 'x'];
    const scene = await extracted(
      tablesScene(
        usualTables({
          tool_analytics: errors.map((row) => ({ ...row, created_at: '2026-01-01' })),
          entries: compacted.map((session_id, at) => ({ id: at + 1, session_id, timestamp: '2026-01-01' })),
          system_events: compacted.map((_, at) => ({ entry_id: at + 1, subtype: 'compact_boundary' })),
        }),
      ),
    );
    const names = async (...flags: readonly string[]) => {
      const { rows, more } = await ask(scene, '--by', 'session', ...flags);
      return [rows.map(({ session }: { session: string }) => session).join(''), more];
    };
    for (const window of [[], ['--since', '2026-01-01']]) {
      expect(await names(...window)).toEqual(['zedabcx', false]);
      expect(await names('--limit', '1', ...window)).toEqual(['z', true]);
      expect(await names('--limit', '2', ...window)).toEqual(['ze', true]);
      expect(await names('--limit', '4', ...window)).toEqual(['zeda', true]);
      expect(await names('--limit', '6', ...window)).toEqual(['zedabc', true]);
    }
    expect(await names('--tool', 'Bash')).toEqual(['zedabc', false]);
    expect(await names('--tool', 'Bash', '--limit', '2')).toEqual(['ze', true]);
  });

  test('says what it cannot tell: no entries in the source, no edges in the graph', async () => {
    const scene = tablesScene(
      usualTables({
        tool_analytics: [{ session_id: 's', tool_name: 'Bash', status: 'error', task_id: 'T' }],
        system_events: [{ subtype: 'compact_boundary' }, { subtype: 'compact_boundary' }],
        task_tracking: [{ task_id: 'T', outcome: 'failed' }],
      }),
    );
    const document = await ask(await extracted(scene));
    expect(document.warnings).toEqual([
      'stats: sessions of 2 system events are not known: the source has no entries',
      'stats: the graph has no edges to tasks, so errors around failed tasks are not known; audit-extract link makes them',
    ]);
    expect(document.sessions).toMatchObject([{ session: 's', compactions: 0, failed_tasks: null }]);
    expect(document.tasks).toMatchObject([{ task_id: 'T', error_events: null, errors: null }]);
    expect((await ask(scene, '--by', 'tool')).warnings).toEqual([]);
    await runCli(['link', ...scene.paths]);
    expect((await ask(scene)).tasks).toMatchObject([{ task_id: 'T', error_events: 1, errors: 1, tools: ['Bash'] }]);
  });

  test('a task that is open, whose end is not known, or that came to a good end has not failed', async () => {
    const tasks = [
      { task_id: 'open', outcome: null, status: 'in_progress' },
      { task_id: 'again', outcome: 'failed', status: 'pending' },
      { task_id: 'named-so', outcome: 'in_progress', status: null },
      { task_id: 'untold', outcome: null, status: 'completed' },
      { task_id: 'nothing', outcome: null, status: null },
      { task_id: 'good', outcome: 'success', status: 'completed' },
      { task_id: 'bad', outcome: 'failed', status: 'completed' },
      { task_id: 'odd', outcome: 'partial', status: null },
      { task_id: 'dropped', outcome: null, status: 'cancelled' },
    ];
    const { rows } = await ask(await extracted(tablesScene(usualTables({ task_tracking: tasks }))), '--by', 'task');
    expect(rows.map((row: { task_id: string }) => row.task_id).toSorted()).toEqual(['bad', 'dropped', 'odd']);
  });

  test.each([['--edges'], ['--no-edges']])(
    'of several rows of a task the latest counts, and it counts once (%s)',
    async (edges) => {
      const on = (task_id: string, outcome: string, day: number) => ({
        ...{ task_id, outcome, status: 'completed', updated_at: day === 0 ? null : `2026-01-0${day}` },
      });
      const tasks = [
        ...[on('mended', 'failed', 1), on('mended', 'success', 2)],
        ...[on('broken', 'failed', 2), on('broken', 'success', 1)],
        ...[on('twice', 'failed', 1), on('twice', 'failed', 3)],
        ...[on('at-once', 'success', 4), on('at-once', 'failed', 4)],
        ...[on('undated', 'failed', 0), on('undated', 'success', 1)],
      ];
      const errors = tasks.map(({ task_id }) => ({ session_id: 's', tool_name: 'Bash', status: 'error', task_id }));
      const tables = usualTables({ task_tracking: tasks, tool_analytics: errors });
      const scene = await extracted(tablesScene(tables), ...(edges === '--edges' ? [edges] : []));
      const { rows } = await ask(scene, '--by', 'task');
      expect(rows.map(({ task_id, id }: { task_id: string; id: string }) => [task_id, id])).toEqual([
        ['at-once', 'audit_event:task:8'],
        ['twice', 'audit_event:task:6'],
        ['broken', 'audit_event:task:3'],
      ]);
      const sessions = await ask(scene, '--by', 'session');
      expect(sessions.rows).toMatchObject([{ session: 's', failed_tasks: edges === '--edges' ? 3 : null }]);
    },
  );

  test('says that errors around a task are all rows of the events that were for it', async () => {
    const { paths } = await withFailedTask();
    const { stdout } = await runCli(['stats', ...paths, '--by', 'task']);
    expect(stdout).toContain('Errors are all rows of these events, those for other tasks among them.');
    const help = await runCli(['stats', '--help']);
    expect(help.stdout).toMatch(/those for other\s+tasks among them/);
  });

  describe('with --since and --until', () => {
    const call = (day: string | null, more: object = {}) => ({
      ...{ session_id: 's', tool_name: 'Bash', status: 'error', error_type: 'e' },
      ...{ created_at: day === null ? null : `${day} 12:00:00`, ...more },
    });
    const task = (task_id: string, day: string | null) => ({ task_id, outcome: 'failed', updated_at: day });
    const scene = () =>
      tablesScene(
        usualTables({
          tool_analytics: [
            ...[call('2026-01-01', { task_id: 'A' }), call('2026-01-02'), call('2026-01-04')],
            ...[
              call('2026-01-02', { tool_name: 'Read', task_id: 'B' }),
              call(null, { tool_name: 'Edit', task_id: 'C' }),
            ],
          ],
          task_tracking: [task('A', '2026-01-01'), task('B', '2026-01-02'), task('C', null)],
          entries: [{ id: 1, session_id: 's', timestamp: null }],
          system_events: [
            { entry_id: 1, subtype: 'compact_boundary' },
            { entry_id: 9, subtype: 'compact_boundary' },
          ],
        }),
      );
    const window = ['--since', '2026-01-01', '--until', '2026-01-02'];

    test('a session has the failed tasks of that time alone, and tells no first and last', async () => {
      const linked = await extracted(scene(), '--edges');
      const rows = async (...flags: readonly string[]) => (await ask(linked, '--by', 'session', ...flags)).rows;
      const untold = { first: null, last: null };
      expect(await rows()).toMatchObject([{ errors: 5, failed_tasks: 3, first: '2026-01-01T12:00:00.000Z' }]);
      expect(await rows(...window)).toMatchObject([{ errors: 3, failed_tasks: 2, ...untold }]);
      expect(await rows('--since', '2026-01-02', '--until', '2026-01-03')).toMatchObject([
        { errors: 2, failed_tasks: 1, ...untold },
      ]);
      expect(await rows('--since', '2026-01-03')).toMatchObject([{ errors: 1, failed_tasks: 0, ...untold }]);
      const { stdout } = await runCli(['stats', ...linked.paths, '--by', 'session', ...window]);
      expect(stdout).not.toMatch(/first|last/);
    });

    test('events are those whose last row was then, in every part', async () => {
      const { kinds, tools, types, days } = await ask(await extracted(scene()), ...window);
      expect(kinds).toContainEqual({ subtype: 'tool_error', events: 1, rows: 3 });
      expect(tools).toEqual([
        { tool: 'Bash', errors: 2, events: 0 },
        { tool: 'Read', errors: 1, events: 1 },
      ]);
      expect(types).toEqual([{ error_type: 'e', errors: 3, events: 1 }]);
      expect(days).toEqual([
        { day: '2026-01-02', errors: 2, events: 1 },
        { day: '2026-01-01', errors: 1, events: 0 },
      ]);
    });

    test.each([
      [[], '2 system events, 1 task, 1 error'],
      [['--by', 'day'], '1 error'],
      [['--by', 'type', '--tool', 'Read'], 'up to 1 error'],
      [['--by', 'session'], '2 system events, 1 task, 1 error'],
      [['--by', 'compaction'], '2 system events'],
      [['--by', 'task'], '1 task'],
    ])('says how much has no time and is left out: %j', async (flags, what) => {
      const extractedScene = await extracted(scene(), '--edges');
      const says = `stats: --since and --until leave out what has no time: ${what}`;
      expect((await ask(extractedScene, ...flags, ...window)).warnings).toContain(says);
      const { warnings } = await ask(extractedScene, ...flags);
      expect(warnings.join('\n')).not.toContain('no time');
    });
  });

  test('says where edges are not made yet: rows are owed, or events were written without', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `T.${at}`);
    const errors = names.map((task_id) => ({ session_id: 's', tool_name: 'Bash', status: 'error', task_id }));
    const tasks = names.map((task_id) => ({ task_id, outcome: 'failed' }));
    const scene = await extracted(tablesScene(usualTables({ tool_analytics: errors, task_tracking: tasks })));
    expect((await ask(scene)).warnings.join('\n')).not.toMatch(/not made yet|without edges/);
    await runCli(['link', '-t', scene.target]);
    const owed =
      'stats: some edges to agents and tasks are not made yet, as it takes the rows of the source; audit-extract link --source makes them';
    for (const flags of [[], ['--by', 'task'], ['--by', 'session']]) {
      expect((await ask(scene, ...flags)).warnings).toEqual([owed]);
    }
    expect((await ask(scene, '--by', 'tool')).warnings).toEqual([]);
    await runCli(['link', ...scene.paths]);
    expect((await ask(scene)).warnings).toEqual([]);
    changeGraph(
      scene.source,
      "INSERT INTO tool_analytics(session_id, tool_name, status, task_id) VALUES ('t', 'Bash', 'error', 'T.1')",
    );
    await extracted(scene);
    expect((await ask(scene, '--by', 'task')).warnings).toEqual([
      'stats: some events were written without edges and may have none yet; audit-extract link makes them',
    ]);
  });

  test('says what it does not count, and what it counts all the same', async () => {
    const scene = await extracted(orchardScene(), '--edges');
    const change = (sql: string) => changeGraph(scene.target, sql);
    const warnings = async () => (await ask(scene, '--by', 'tool')).warnings;
    expect(await warnings()).toEqual([]);
    change(`INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at, deleted_at) VALUES
      ('audit_event:stray', 'audit_event', 'A', '', '', NULL), ('audit_event:gone', 'audit_event', 'B', '', '', '2026-01-01'),
      ('decision:1', 'decision', 'C', '', '', '2026-01-01')`);
    const unrecorded = 'stats: 1 event that is not recorded is not counted; audit-extract query finds all there are';
    expect(await warnings()).toEqual([unrecorded]);
    change("UPDATE kg_nodes SET deleted_at = '2026-01-01' WHERE id IN ('audit_event:sys:1', 'audit_event:sys:2')");
    expect(await warnings()).toEqual([
      unrecorded,
      'stats: 2 events that are marked as deleted are counted all the same; audit-extract query leaves out what is deleted',
    ]);
    change("PRAGMA foreign_keys = OFF; DELETE FROM kg_nodes WHERE id LIKE 'audit_event:%' AND id NOT LIKE '%:sys:%'");
    expect(await warnings()).toContainEqual(
      'stats: 7 events that are counted are no longer in the graph; audit-extract verify names what is gone',
    );
  });

  test('a graph with edges, but without tasks, lacks nothing', async () => {
    const tables = usualTables({ tool_analytics: [{ session_id: 's', tool_name: 'Bash', status: 'error' }] });
    const document = await ask(await extracted(tablesScene(tables), '--edges'));
    expect(document).toMatchObject({ warnings: [], tasks: [], sessions: [{ session: 's', failed_tasks: 0 }] });
  });

  test('a row of all parts says of which it is, in ndjson and CSV', async () => {
    const { paths } = await withFailedTask();
    const { stdout } = await runCli(['stats', ...paths, '--format', 'ndjson']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([...new Set(rows.map(({ section }) => section))]).toEqual([
      'kind',
      'tool',
      'type',
      'day',
      'session',
      'compaction',
      'task',
      'rate',
    ]);
    expect(rows).toContainEqual({ section: 'tool', name: 'Bash', errors: 3, events: 1 });
    const csv = await runCli(['stats', ...paths, '--by', 'type', '--tool', 'Read', '--format', 'csv']);
    expect(csv.stdout).toBe('error_type,errors,events\r\nunknown,2,1\r\nfile_not_found,1,1\r\n');
  });

  test('--rates counts every call in the source', async () => {
    const scene = await withEdges();
    expect((await ask(scene, '--rates')).rates[0]).toEqual({ tool: 'Bash', calls: 4, errors: 3, rate: 75 });
    const { rows } = await ask(scene, '--by', 'tool', '--rates', '--error-status', 'error,success');
    expect(rows[0]).toEqual({ tool: 'Bash', calls: 4, errors: 4, rate: 100 });
  });

  test('a source that is at hand tells the rates at a glance, unless that takes long', async () => {
    const scene = await withEdges();
    const { rates, warnings } = await ask(scene);
    expect(rates[0]).toEqual({ tool: 'Bash', calls: 4, errors: 3, rate: 75 });
    expect(warnings.join()).not.toContain('rates');
    for (const flags of [
      ['--by', 'type'],
      ['--since', '2026-01-01'],
    ]) {
      const part = await ask(scene, ...flags);
      expect([part.rates, part.warnings.join()]).toEqual([undefined, expect.not.stringContaining('rates')]);
    }
    changeGraph(scene.source, "INSERT INTO tool_analytics(id, tool_name, status) VALUES (3000000, 'Bash', 'success')");
    const hint = `stats: ${scene.source} has many calls, so error rates by tool take a while; --rates shows them`;
    const answer = await ask(scene);
    expect([answer.rates, answer.warnings.at(-1)]).toEqual([undefined, hint]);
    expect((await ask(scene, '--rates')).rates[0]).toMatchObject({ tool: 'Bash', calls: 5 });
  });

  test('a source that tells no rates is no failure unless they are asked for', async () => {
    const { target, folder } = await withEdges();
    const paths = ['-s', `${folder}/gone.db`, '-t', target];
    const answer = await ask({ ...orchardScene(), paths });
    expect(answer.rates).toBeUndefined();
    expect(answer.warnings.at(-1)).toMatch(/^stats: error rates by tool are not shown: .*gone\.db/);
    const { code } = await runCli(['stats', ...paths, '--rates']);
    expect(code).toBe(2);
  });

  test('--rates takes for failures what the run took for them, unless other statuses are asked for', async () => {
    const scene = await extracted(orchardScene(), '--error-status', 'success');
    const bash = async (...flags: readonly string[]) => {
      const { rows } = await ask(scene, '--by', 'tool', '--rates', ...flags);
      return rows.find(({ tool }: { tool: string }) => tool === 'Bash');
    };
    expect(await bash()).toMatchObject({ calls: 4, errors: 1 });
    expect(await bash('--error-status', 'error')).toMatchObject({ calls: 4, errors: 3 });
  });

  test('only reads, and leaves no trace', async () => {
    const scene = await withEdges();
    const before = stateOfFolder(scene.folder);
    await ask(scene, '--rates');
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });
});

describe('stats tells what is wrong', () => {
  test.for([
    [['--by', 'weather'], 'usage', /--by cannot be 'weather'/, /tool, type, day/],
    [['--limit', '0'], 'usage', /--limit cannot be '0'/, /from 1 to 10000/],
    [['--tool', 'Bash'], 'usage', /--tool needs --by/, /--by type, tool, day, session/],
    [['--by', 'compaction', '--error-type', 'x'], 'usage', /does not go with --by compaction/, /--by type/],
    [['--rates', '--by', 'day'], 'usage', /--rates does not go with --by day/, /alone/],
    [['--rates', '--since', '7d'], 'usage', /counts the whole source/, /leave out/],
    [['--since', 'yesteryear'], 'usage', /--since/, /./],
    [['--rates'], 'source-not-found', /none is named/, /--source/],
  ] as const)('%j', async ([flags, error, says, hint]) => {
    const { target } = await withEdges();
    await expectFailure(['stats', '-t', target, ...flags], { code: 2, error, says, hint });
  });

  test('of a graph that is not there, that no run has written, or that an older version has', async () => {
    const { target } = orchardScene();
    await expectFailure(['stats', '-t', target], { code: 2, error: 'target-not-found' });
    changeGraph(target, 'CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, name TEXT, properties TEXT)');
    await expectFailure(['stats', '-t', target], { code: 4, error: 'target-schema' });
    const scene = await withEdges();
    changeGraph(scene.target, "UPDATE audit_meta SET value = '1' WHERE name = 'version'");
    await expectFailure(['stats', '-t', scene.target], { code: 4, error: 'target-schema', says: /older|version/ });
  });
});
