import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { usualTables } from '../../fixtures/sessions-db.ts';
import { joinKey, nodeId } from '../../src/model/key.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, tablesScene } from '../support/scene.ts';

const explain = async (id: string, flags: readonly string[]) => {
  const { stdout, stderr, code } = await runCli(['explain', id, ...flags, '--json']);
  expect(code).toBe(0);
  return { ...JSON.parse(stdout), stderr };
};

const EVENING = 'b0b00000-0002-4000-8000-000000000002';

describe('explain', () => {
  test('tells a person how an id is made, and which rows stand behind it', async () => {
    const { folder } = await extracted(orchardScene());
    const args = ['-s', 'sessions.db', '-t', 'org.db'];
    const { stdout, stderr, code } = await runCli(['explain', `audit_event:err:${EVENING}:Read:unknown`, ...args], {
      folder,
    });
    expect([code, stderr]).toEqual([0, '']);
    await expect(stdout.replaceAll(folder, '/data')).toMatchFileSnapshot('golden/explain.txt');
  });

  test('finds every row of every node there is, and no other', async () => {
    const { paths, target } = await extracted(orchardScene());
    const counts: Record<string, number> = {};
    for (const { id, subtype } of readNodes(target)) {
      const { in_graph, source, kind } = await explain(id, paths);
      expect([in_graph, kind]).toEqual([true, 'event']);
      counts[subtype] = (counts[subtype] ?? 0) + source.count;
    }
    expect(counts).toEqual({ tool_error: 8, session_boundary: 4, task_completion: 2 });
  });

  test('names NULL and empty parts unknown, as the node does, and counts error statuses alone', async () => {
    const { paths } = await extracted(orchardScene());
    const { source, parts } = await explain(`audit_event:err:${EVENING}:Read:unknown`, paths);
    expect(source).toMatchObject({
      table: 'tool_analytics',
      count: 2,
      rows: [{ id: 8 }, { id: 9, created_at: '2026-03-01 23:59:59' }],
    });
    expect(parts).toEqual([
      { name: 'session_id', value: EVENING },
      { name: 'tool_name', value: 'Read' },
      { name: 'error_type', value: 'unknown' },
    ]);
    const success = await explain(`audit_event:err:${EVENING}:Bash:unknown`, paths);
    expect(success).toMatchObject({ in_graph: false, source: { count: 0, rows: [] } });
    const others = await explain(`audit_event:err:${EVENING}:Bash:unknown`, [...paths, '--error-status', 'success']);
    expect(others.source).toMatchObject({ count: 1 });
  });

  test('takes for failures what the run took for them, unless other statuses are asked for', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--error-status', 'success', '--quiet']);
    const id = `audit_event:err:${EVENING}:Bash:unknown`;
    const kept = await explain(id, scene.paths);
    expect(kept).toMatchObject({ in_graph: true, source: { count: 1 }, stderr: '' });
    const others = await explain(id, [...scene.paths, '--error-status', 'error']);
    expect(others).toMatchObject({ in_graph: true, source: { count: 0 }, stderr: '' });
  });

  test.each(['no JSON', '5', 'null', '{"column":"no such","oneOf":["x"]}', '{"column":"status","oneOf":[1]}', '{}'])(
    'goes by the settings where what is kept of the run is no condition: %s',
    async (condition) => {
      const { paths, target } = await extracted(orchardScene());
      const db = new Database(target);
      db.prepare('UPDATE audit_checkpoints SET condition = ?').run(condition);
      db.close();
      const { source, stderr } = await explain(`audit_event:err:${EVENING}:Read:unknown`, paths);
      expect([source.count, stderr]).toEqual([2, '']);
    },
  );

  test('says where the source has fewer rows than the node tells of, or more', async () => {
    const row = { session_id: 's', tool_name: 'Bash', status: 'error', error_type: 'e' };
    const scene = tablesScene(
      usualTables({ tool_analytics: [row, row, row], task_tracking: [{ task_id: 'T', outcome: 'failed' }] }),
    );
    await extracted(scene);
    const change = (sql: string) => changeGraph(scene.source, sql);
    const warningsOf = async (id: string) => linesOf('warning', (await explain(id, scene.paths)).stderr);
    expect(await warningsOf('audit_event:err:s:Bash:e')).toEqual([]);
    change('DELETE FROM tool_analytics WHERE id = 2; DELETE FROM task_tracking');
    expect(await warningsOf('audit_event:err:s:Bash:e')).toEqual([
      'explain: the node was made of 3 rows, and the source has 2 of them: rows were deleted or changed since',
    ]);
    expect(await warningsOf('audit_event:task:1')).toEqual([
      'explain: the node was made of 1 row, and the source has none of them: rows were deleted or changed since',
    ]);
    change("INSERT INTO tool_analytics(session_id, tool_name, status, error_type) VALUES ('s', 'Bash', 'error', 'e')");
    change("INSERT INTO tool_analytics(session_id, tool_name, status, error_type) VALUES ('s', 'Bash', 'error', 'e')");
    expect(await warningsOf('audit_event:err:s:Bash:e')).toEqual([
      'explain: the node was made of 3 rows, and the source has 4: rows were added or changed since; audit-extract run reads new ones',
    ]);
  });

  test('tells the whole row of an event that is of one', async () => {
    const { paths } = await extracted(orchardScene());
    const { source, extractor } = await explain('audit_event:sys:4', paths);
    expect([extractor, source.rows]).toEqual([
      'session-boundaries',
      [
        {
          id: 4,
          entry_id: 14,
          subtype: null,
          level: null,
          content: 'Frost warning\nfor the lower meadow',
          compact_trigger: null,
          session_id: null,
          timestamp: null,
        },
      ],
    ]);
    const { stdout } = await runCli(['explain', 'audit_event:sys:4', ...paths, '--format', 'csv']);
    expect(stdout).toBe(
      'id,entry_id,subtype,level,content,compact_trigger,session_id,timestamp\r\n4,14,,,Frost warning\\u{a}for the lower meadow,,,\r\n',
    );
  });

  test('names the first twenty rows, and keeps secrets out of what it tells', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const row = { session_id: secret, tool_name: 'a:b', status: 'error', error_type: 'x%', created_at: '2026-01-01' };
    const scene = await extracted(tablesScene(usualTables({ tool_analytics: Array.from({ length: 30 }, () => row) })));
    const [node] = readNodes(scene.target);
    const { source, parts } = await explain(node?.id ?? '', scene.paths);
    expect(source.count).toBe(30);
    expect(source.rows.map(({ id }: { id: number }) => id)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(parts.map(({ value }: { value: string }) => value)).toEqual(['[redacted:github-token]', 'a:b', 'x%']);
    const { stdout } = await runCli(['explain', node?.id ?? '', ...scene.paths, '--format', 'ndjson']);
    expect(stdout.split('\n')).toHaveLength(21);
    expect(stdout).not.toContain(secret);
  });

  test('says of a long id what was kept of it, and finds its rows all the same', async () => {
    const long = 'x'.repeat(600);
    const row = { session_id: 's', tool_name: long, status: 'error', error_type: 'e' };
    const scene = await extracted(
      tablesScene(usualTables({ tool_analytics: [row, { ...row, tool_name: `${long}y` }] })),
    );
    const id = nodeId('audit_event', joinKey('err', ['s', long, 'e']));
    const { shortened, parts, source } = await explain(id, scene.paths);
    expect(shortened).toEqual({ kept_bytes: 440, sha256: id.slice(-64) });
    expect(parts).toMatchObject([{ value: 's' }, { name: 'tool_name', cut: true }]);
    expect(source).toMatchObject({ count: 1, rows: [{ id: 1 }] });
  });

  test.each([
    ['audit_event:log:0190a5f0-0000-7000-8000-000000000000', { kind: 'action', time: '2024-07-12T07:54:47.680Z' }],
    ['audit_event:log:deploy%3A7', { kind: 'action', key: 'deploy:7', time: null }],
    ['tool:mcp%3Aread', { kind: 'entity', entity: 'tool', parts: [{ name: 'tool', value: 'mcp:read' }] }],
    [
      'BY_TOOL:audit_event%3Atask%3A1->tool%3Aa->b',
      { kind: 'edge', from_node: 'audit_event:task:1', to_node: 'tool:a->b' },
    ],
    ['ON_DAY:audit_event%3Atask%3A1->day%3A1', { kind: 'edge', edge_type: 'ON_DAY', to_node: 'day:1' }],
    ['audit_event:mine:1', { kind: 'event', extractor: null, parts: [{ name: 'part 1', value: '1' }] }],
  ])('takes %s apart', async (id, told) => {
    const { paths } = await extracted(orchardScene());
    expect(await explain(id, paths)).toMatchObject({
      schema: 'audit-extract/explain@1',
      id,
      source: null,
      stderr: '',
      ...told,
    });
  });

  test.each([
    ['audit_event:err:s:Bash:e', 'audit_event:err:<session_id>:<tool_name>:<error_type>'],
    ['audit_event:task:1', 'audit_event:task:<id>'],
    ['audit_event:log:deploy%3A7', 'audit_event:log:<key>'],
    ['tool:Bash', 'tool:<tool>'],
    ['BY_TOOL:audit_event%3Atask%3A1->tool%3Aa', '<edge_type>:<from_node>-><to_node>'],
    ['audit_event:mine:1', null],
  ])('tells the rule of %s', async (id, rule) => {
    const { paths } = await extracted(orchardScene());
    expect((await explain(id, paths)).rule).toBe(rule);
    const { stdout } = await runCli(['explain', id, ...paths]);
    if (rule !== null) expect(stdout).toContain(`rule`);
    if (rule !== null) expect(stdout).toContain(rule);
  });

  test('says of an edge whether the graph has it, and both of its ends', async () => {
    const scene = orchardScene();
    await runCli(['run', ...scene.paths, '--edges', '--quiet']);
    const from = `audit_event:err:${EVENING}:Read:unknown`;
    const edge = (to: string) => `BY_TOOL:${from.replaceAll(':', '%3A')}->${to.replaceAll(':', '%3A')}`;
    expect(await explain(edge('tool:Read'), scene.paths)).toMatchObject({
      ...{ in_graph: true, from_in_graph: true, to_in_graph: true, stderr: '' },
    });
    expect(await explain(edge('tool:Bash'), scene.paths)).toMatchObject({
      ...{ in_graph: false, from_in_graph: true, to_in_graph: true },
    });
    expect(await explain(edge('tool:Saw'), scene.paths)).toMatchObject({ in_graph: false, to_in_graph: false });
    const { stdout } = await runCli(['explain', edge('tool:Saw'), ...scene.paths]);
    expect(stdout).toContain('The graph has no such edge.');
    expect(stdout).toContain('The node that it would lead to is not there.');
  });

  test('takes an edge apart whose end has a shortened id', async () => {
    const { paths } = await extracted(orchardScene());
    const end = nodeId('tool', 'x'.repeat(600));
    const id = `BY_TOOL:audit_event%3Atask%3A1->${end.replaceAll(':', '%3A')}`;
    expect(await explain(id, paths)).toMatchObject({ kind: 'edge', to_node: end, from_in_graph: true });
  });

  test('says where an edge may be missing as it is not made yet', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `T.${at}`);
    const errors = names.map((task_id) => ({ session_id: 's', tool_name: 'Bash', status: 'error', task_id }));
    const scene = await extracted(tablesScene(usualTables({ tool_analytics: errors })));
    await runCli(['link', '-t', scene.target]);
    const edge = (task: string) => `FOR_TASK:audit_event%3Aerr%3As%3ABash%3Aunknown->task%3A${task}`;
    const warnings = async (task: string) => linesOf('warning', (await explain(edge(task), scene.paths)).stderr);
    expect(await warnings('T.11')).toEqual([expect.stringContaining('are not made yet')]);
    expect(await warnings('T.1')).toEqual([]);
  });

  test('remarks on parts that an id lacks, or has too many', async () => {
    const { target } = await extracted(orchardScene());
    const warnings = async (id: string) =>
      linesOf('warning', (await explain(id, ['-t', target])).stderr).filter((line) => !line.includes('not at hand'));
    expect(await warnings('audit_event:err:s:Bash')).toEqual([
      'explain: the id lacks error_type, so no row of tool_analytics makes it',
    ]);
    expect(await warnings('audit_event:err::Bash')).toEqual([
      'explain: the id lacks session_id, error_type, so no row of tool_analytics makes it',
    ]);
    expect(await warnings('audit_event:task:1:2')).toEqual([
      'explain: the id has more parts than id, so no row of task_tracking makes it',
    ]);
    expect(await warnings('audit_event:err:s:Bash:e')).toEqual([]);
  });

  test('an id of no known form is explained where a node has it, else it is not found', async () => {
    const { target } = await extracted(orchardScene());
    await expectFailure(['explain', 'somebody else', '-t', target], {
      ...{ code: 2, error: 'node-not-found', says: /no node somebody else/, hint: /query/ },
    });
    changeGraph(
      target,
      "INSERT INTO kg_nodes VALUES ('somebody else', 'x', NULL, 'n', NULL, NULL, NULL, '', '', NULL)",
    );
    expect(await explain('somebody else', ['-t', target])).toMatchObject({ kind: 'other', in_graph: true });
  });

  test('without the source tells what the id says, and that the rows are not told', async () => {
    const { target, folder } = await extracted(orchardScene());
    for (const source of [[], ['-s', join(folder, 'gone.db')]]) {
      const { stderr, parts } = await explain('audit_event:task:1', ['-t', target, ...source]);
      expect(parts).toEqual([{ name: 'id', value: '1' }]);
      expect(linesOf('warning', stderr)).toEqual([expect.stringContaining('is not at hand')]);
    }
  });

  test('knows extractors of others, and says where a table is missing', async () => {
    const example = join(import.meta.dirname, '../../docs/examples/slow-tools.js');
    const { paths } = await extracted(orchardScene());
    const { source, in_graph } = await explain('audit_event:slow:mcp__weather__forecast', [
      ...paths,
      '--extractor',
      example,
    ]);
    expect([in_graph, source]).toMatchObject([false, { count: 1, rows: [{ id: 10 }] }]);
    const bare = await extracted(tablesScene({ tool_analytics: usualTables({}).tool_analytics }));
    expect((await explain('audit_event:task:1', bare.paths)).stderr).toContain('has no table task_tracking');
  });

  test('writes nothing', async () => {
    const scene = await extracted(orchardScene());
    const before = stateOfFolder(scene.folder);
    await explain('audit_event:task:1', scene.paths);
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('refuses what cannot be', async () => {
    const { target, source } = await extracted(orchardScene());
    await expectFailure(['explain', '-t', target], { code: 2, error: 'usage', says: /missing required argument/ });
    await expectFailure(['explain', 'x', '-s', source], { code: 2, error: 'usage', hint: /--target/ });
    await expectFailure(['explain', 'audit_event:task:1', '-s', target, '-t', target, '--wait', '1'], {
      code: 2,
      error: 'usage',
    });
  });
});
