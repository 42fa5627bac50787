import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { usualTables } from '../../fixtures/sessions-db.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { extracted } from '../support/extracted.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { addToGraph } from '../support/graph-of.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { agentsScene, orchardScene, type Scene, tablesScene } from '../support/scene.ts';

const orchardGraph = (): Promise<Scene> => extracted(orchardScene());

const ask = async ({ target }: Scene, ...flags: readonly string[]) => {
  const { stdout, stderr, code } = await runCli(['query', '-t', target, ...flags, '--json']);
  expect([code, linesOf('error', stderr)]).toEqual([0, []]);
  const document = JSON.parse(stdout);
  expect(linesOf('warning', stderr)).toEqual(document.warnings.map((warning: string) => `query: ${warning}`));
  return { ...document, stderr };
};
const idsOf = ({ nodes }: { readonly nodes: readonly { readonly id: string }[] }) =>
  nodes.map(({ id }) => id.replace(/^audit_event:/, '').replace(/000-000\d-4000-8000-\d{12}/, ''));

const BASH = 'err:a11ce:Bash:exit_code_1';
const READ = 'err:b0b00:Read:unknown';

describe('query', () => {
  test('shows the newest events first, and those without a time at the end', async () => {
    const { paths } = await orchardGraph();
    const { stdout, stderr, code } = await runCli(['query', ...paths]);
    expect([code, stderr]).toEqual([0, '']);
    await expect(stdout).toMatchFileSnapshot('golden/query.txt');
  });

  test('has one document, or a node a line, with properties as objects', async () => {
    const scene = await orchardGraph();
    const document = await ask(scene, '--limit', '2', '--subtype', 'tool_error');
    expect(document).toMatchObject({
      schema: 'audit-extract/query@1',
      filter: { node_type: 'audit_event', subtype: 'tool_error', sort: 'time', limit: 2, offset: 0 },
      more: true,
    });
    expect(idsOf(document)).toEqual([BASH, READ]);
    expect(document.nodes[0]).toMatchObject({
      subtype: 'tool_error',
      properties: { error_count: 3, agents: ['planter', 'pruner'] },
      first: '2026-03-03T08:00:02.000Z',
      last: '2026-03-05T08:00:04.000Z',
    });
    const { stdout } = await runCli(['query', '-t', scene.target, '--limit', '2', '--format', 'ndjson']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual((await ask(scene, '--limit', '2')).nodes);
  });

  test('of a session says how many system events may be of it, too', async () => {
    const scene = await orchardGraph();
    const said = async (...flags: readonly string[]) => linesOf('warning', (await ask(scene, ...flags)).stderr);
    const warning = 'query: sessions of 1 system event are not known: no entry of the source tells them';
    expect(await said('--session', 'a11ce000-0001-4000-8000-000000000001')).toEqual([warning]);
    expect(await said('--session', 'x', '--subtype', 'tool_error')).toEqual([]);
    expect(await said('--session', 'x', '--type', 'session')).toEqual([]);
    expect(await said('--tool', 'Bash')).toEqual([]);
  });

  test('asks for nothing of a kg_edges with other columns, which is told of where edges are asked for', async () => {
    const scene = await orchardGraph();
    changeGraph(scene.target, 'DROP TABLE IF EXISTS kg_edges; CREATE TABLE kg_edges(source TEXT, target TEXT)');
    expect((await ask(scene)).nodes).toHaveLength(11);
    expect((await ask(scene, '--agent', 'planter')).nodes).toHaveLength(1);
    for (const args of [['stats'], ['explain', 'audit_event:sys:1'], ['activity', 'u']]) {
      expect((await runCli([...args, '-t', scene.target])).code, args.join(' ')).toBe(0);
    }
    const failure = { code: 4, error: 'target-schema', says: /kg_edges of target .* has no column id/ };
    for (const args of [['trail'], ['neighbors', 'audit_event:sys:1']]) {
      await expectFailure([...args, '-t', scene.target], failure);
    }
  });

  test('has CSV that a spreadsheet reads, properties as JSON', async () => {
    const { target } = await orchardGraph();
    const { stdout } = await runCli(['query', '-t', target, '--tool', 'Edit', '--format', 'csv']);
    const [head, row, end] = stdout.split('\r\n');
    expect(head).toBe('id,node_type,subtype,name,properties,source_table,source_id,first,last');
    expect(row).toContain('"{""session_id"":""a11ce000-0001-4000-8000-000000000001"",""tool_name"":""Edit"",');
    expect(end).toBe('');
  });

  test.each([
    [
      ['--tool', 'Read', '--sort', 'name'],
      ['err:b0b00:Read:file_not_found', READ],
    ],
    [
      ['--session', 'b0b00000-0002-4000-8000-000000000002', '--subtype', 'session_boundary'],
      ['sys:3', 'sys:2'],
    ],
    [
      ['--until', '2026-03-01T08:15:00Z', '--since', '2026-03-01T08:15:00Z'],
      ['task:1', 'sys:1'],
    ],
    [['--error-type', 'timeout'], ['err:b0b00:mcp__weather__forecast:timeout']],
    [
      ['--session', 'b0b00000-0002-4000-8000-000000000002', '--tool', 'Read', '--limit', '1', '--offset', '1'],
      ['err:b0b00:Read:file_not_found'],
    ],
    [['--text', 'SEEDL first'], ['task:2']],
    [
      ['--text', 'frost', '--sort', 'id'],
      ['sys:4', 'task:2'],
    ],
    [
      ['--text', 'frost', '--sort', '-id'],
      ['task:2', 'sys:4'],
    ],
    [
      ['--since', '2026-03-04', '--until', '2026-03-04'],
      [BASH, READ],
    ],
    [['--until', '2026-03-01T07:30:00Z'], ['task:1']],
    [['--type', 'session'], []],
    [['--subtype', "x' OR 1=1 --"], []],
  ])('%j finds %j', async (flags, ids) => {
    expect(idsOf(await ask(await orchardGraph(), ...flags))).toEqual(ids);
  });

  test('says how many events were left out as they tell no time', async () => {
    const { stderr } = await ask(await orchardGraph(), '--since', '7d');
    expect(linesOf('warning', stderr)).toEqual([
      'query: 1 more would be found if they said when they were; --since and --until leave them out',
    ]);
  });

  test('finds no event of days on which it did not happen, though it did before and after', async () => {
    const failed = (created_at: string | null) => ({ session_id: 's', tool_name: 'Bash', status: 'error', created_at });
    const rows = ['2026-03-03 08:00:00', '2026-03-07 23:59:59', null].map(failed);
    const scene = tablesScene(usualTables({ tool_analytics: rows }));
    await runCli(scene.paths);
    const found = async (since: string, until: string) =>
      idsOf(await ask(scene, '--since', since, '--until', until)).length;
    for (const [since, until] of [
      ['2026-03-01', '2026-03-03'],
      ['2026-03-03', '2026-03-04'],
      ['2026-03-06', '2026-03-07'],
      ['2026-03-01', '2026-03-08'],
    ] as const) {
      expect({ since, until, found: await found(since, until) }).toEqual({ since, until, found: 1 });
    }
    expect(await found('2026-03-04', '2026-03-06')).toBe(0);
    expect(await found('2026-03-08', '2026-03-09')).toBe(0);
  });

  test.each([
    ['--user', 'ann', 'PERFORMED_BY', 'user:ann'],
    ['--user', 'DocUser-9', 'PERFORMED_BY', 'DocUser-9'],
    ['--tool', 'Hoe', 'BY_TOOL', 'tool:Hoe'],
    ['--session', 's:1', 'IN_SESSION', 'session:s%3A1'],
  ])('finds events of others by their edges: %s %s', async (flag, value, edgeType, to) => {
    const scene = await orchardGraph();
    addToGraph(
      scene.target,
      [{ id: 'audit_event:theirs' }, { id: to, nodeType: 'User' }],
      [['audit_event:theirs', edgeType, to]],
    );
    expect(idsOf(await ask(scene, flag, value))).toEqual(['theirs']);
    expect(idsOf(await ask(scene, flag, `${value}0`))).toEqual([]);
  });

  test('goes by edges to agents and tasks, and by the names that nodes show where there are no such edges', async () => {
    const scene = await orchardGraph();
    const shown = await ask(scene, '--agent', 'planter', '--task', 'A.1.2');
    expect(idsOf(shown)).toEqual([BASH]);
    expect(linesOf('warning', shown.stderr)[0]).toContain('audit-extract link makes the edges');
    changeGraph(
      scene.target,
      `INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES ('agent:planter', 'agent', 'planter', '', '');
       INSERT INTO kg_edges VALUES ('BY_AGENT:x->y', 'BY_AGENT', 'audit_event:task:1', 'agent:planter', NULL, '', '');`,
    );
    const linked = await ask(scene, '--agent', 'planter');
    expect([idsOf(linked), linked.stderr]).toEqual([['task:1'], '']);
    expect(idsOf(await ask(scene, '--agent', 'pruner'))).toEqual([]);
  });

  test('goes by agents and tasks with a warning, as long as not all edges to them are made', async () => {
    const scene = agentsScene();
    await runCli(scene.paths);
    await runCli(['link', '-t', scene.target]);
    const { nodes, warnings } = await ask(scene, '--agent', 'agent 11');
    expect([nodes, warnings]).toEqual([[], [expect.stringContaining('audit-extract link --source makes them')]]);
    expect((await ask(scene, '--tool', 'Bash')).warnings).toEqual([]);
    await runCli(['link', ...scene.paths]);
    expect(await ask(scene, '--agent', 'agent 11')).toMatchObject({ nodes: [{}], warnings: [] });
  });

  test('leaves out what is deleted, keeps all digits, and takes what others stored as it is', async () => {
    const scene = await orchardGraph();
    const values = (id: string, properties: string) =>
      `INSERT INTO kg_nodes(id, node_type, name, properties, created_at, updated_at) VALUES ('${id}', 'x', 'n', '${properties}', '', '');`;
    changeGraph(
      scene.target,
      `${values('a', '{\n"n": 9223372036854775807}')} ${values('b', 'no JSON')} ${values('c', '[1]')} ${values('d', '{}')}
       UPDATE kg_nodes SET deleted_at = '2026-01-01' WHERE id = 'd';`,
    );
    const { stdout } = await runCli(['query', '-t', scene.target, '--type', 'x', '--format', 'ndjson']);
    expect(stdout.split('\n').map((line) => line.replace(/,"source_table".*/, ''))).toEqual([
      '{"id":"a","node_type":"x","subtype":null,"name":"n","properties":{ "n": 9223372036854775807}',
      '{"id":"b","node_type":"x","subtype":null,"name":"n","properties":"no JSON"',
      '{"id":"c","node_type":"x","subtype":null,"name":"n","properties":"[1]"',
      '',
    ]);
  });

  test('works in a graph of others, without indexes, columns of ours or edges', async () => {
    const scene = orchardScene();
    changeGraph(
      scene.target,
      `CREATE TABLE kg_nodes(id TEXT UNIQUE, node_type, name, properties);
       INSERT INTO kg_nodes VALUES ('a', 'audit_event', 'Apple', '{"timestamp":"2026-01-01"}'), ('b', 'other', 'Apple', NULL);`,
    );
    expect(idsOf(await ask(scene, '--text', 'apple'))).toEqual(['a']);
    expect(idsOf(await ask(scene, '--agent', 'x'))).toEqual([]);
    expect(idsOf(await ask(scene, '--subtype', 'x'))).toEqual([]);
  });

  test('writes nothing', async () => {
    const scene = await orchardGraph();
    const before = stateOfFolder(scene.folder);
    await ask(scene, '--agent', 'planter');
    await ask(scene, '--since', '1w');
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('shows nothing that does harm, in any format', async () => {
    const scene = await orchardGraph();
    const db = new Database(scene.target);
    const insert = db.prepare(
      "INSERT INTO kg_nodes(id, node_type, subtype, name, properties, created_at, updated_at) VALUES (?, 'x', ?, ?, ?, '', '')",
    );
    for (const text of Object.values(HOSTILE_TEXTS)) insert.run(text, text, text, JSON.stringify({ [text]: text }));
    db.close();
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout, code } = await runCli(['query', '-t', scene.target, '--type', 'x', '--format', format]);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[^\P{Cc}\r\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
      if (format === 'csv') expect(stdout).not.toMatch(/^"?[=+@\t-]|,"?[=+@\t]/m);
      if (format === 'json') expect(JSON.parse(stdout).nodes).toHaveLength(Object.keys(HOSTILE_TEXTS).length);
    }
  });

  test.each([
    [['--since', 'yesterday'], /--since cannot be 'yesterday'/, /7d/],
    [['--since', '2026-02-30'], /--since cannot be/, /2026-03-01/],
    [['--since', '1d', '--until', '2d'], /--since 1d is later than --until 2d/, /swap/],
    [['--limit', '0'], /--limit cannot be '0'/, /from 1 to 10000/],
    [['--limit', '10001'], /--limit cannot be/, /from 1 to 10000/],
    [['--offset', '-1'], /--offset cannot be/, /from 0/],
    [['--sort', 'size'], /--sort cannot be 'size'/, /time, id, name/],
    [['--text', '!?'], /--text cannot be/, /letters or digits/],
    [['--tol', 'Bash'], /unknown option '--tol'/, /--tool/],
  ])('%j is refused', async (flags, says, hint) => {
    const { target } = await orchardGraph();
    await expectFailure(['query', '-t', target, ...flags], { code: 2, error: 'usage', says, hint });
  });

  test('of a graph that is not there fails', async () => {
    const { folder } = orchardScene();
    await expectFailure(['query', '-t', join(folder, 'none.db')], { code: 2, error: 'target-not-found' });
  });

  test('finds all nodes of a run, a page at a time', async () => {
    const scene = await orchardGraph();
    const pages = await Promise.all(
      ['0', '4', '8'].map((offset) => ask(scene, '--sort', 'id', '--limit', '4', '--offset', offset)),
    );
    expect(pages.flatMap(({ nodes }) => nodes.map(({ id }: { id: string }) => id))).toEqual(
      readNodes(scene.target).map(({ id }) => id),
    );
    expect(pages.map(({ more }) => more)).toEqual([true, true, false]);
  });
});
