import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, type GraphShape, graphWith, readHoldings, readValue } from '../support/graph-rows.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { migrateJob } from '../support/migrate-job.ts';
import { type CliResult, runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

const migrate = (target: string, ...flags: readonly string[]): Promise<CliResult> =>
  runCli(['trail', 'migrate', '-t', target, ...flags]);
const reportOf = async (target: string, ...flags: readonly string[]) =>
  JSON.parse((await migrate(target, ...flags, '--json')).stdout);

/** One event of every fate. */
const everyFate = () =>
  graphWith({
    nodes: [
      { id: 'audit_trail:main', type: 'audit_trail' },
      { id: 'audit_trail:other', type: 'audit_trail' },
      { id: 'docs', type: 'CDocs' },
      { id: 'folder', type: 'Folder' },
      ...['here', 'orphan', 'docs', 'both', 'elsewhere', 'folder'].map((name) => ({ id: `audit_event:${name}` })),
      { id: 'audit_event:gone', deleted: true },
    ],
    edges: [
      { from: 'audit_trail:main', to: 'audit_event:here' },
      { from: 'docs', to: 'audit_event:docs', properties: '{"created":"2020-01-02","by":"them"}' },
      { from: 'audit_trail:main', to: 'audit_event:both' },
      { from: 'audit_trail:other', to: 'audit_event:both' },
      { from: 'audit_trail:other', to: 'audit_event:elsewhere' },
      { from: 'folder', to: 'audit_event:folder' },
    ],
  });

describe('trail migrate', () => {
  test('brings events from CDocs nodes and from nothing, and says what it left', async () => {
    const target = everyFate();
    const { stdout, stderr, code } = await migrate(target, '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'audit-extract/trail-migrate@1',
      success: true,
      message: '2 events migrated to audit_trail:main',
      dry_run: false,
      target: { path: target },
      trail: 'audit_trail:main',
      events_migrated: 2,
      in_place: 1,
      on_other_trails: 1,
      ambiguous: { events: 1, ids: ['audit_event:both'] },
      held_by_others: { events: 1, types: ['Folder'] },
      longest_write_ms: expect.any(Number),
      warnings: [],
    });
    expect(readHoldings(target)).toEqual([
      'audit_trail:main -> audit_event:both',
      'audit_trail:main -> audit_event:docs',
      'audit_trail:main -> audit_event:here',
      'audit_trail:main -> audit_event:orphan',
      'audit_trail:other -> audit_event:both',
      'audit_trail:other -> audit_event:elsewhere',
      'folder -> audit_event:folder',
    ]);
  });

  test('a second run migrates nothing', async () => {
    const target = everyFate();
    await migrate(target);
    expect(await reportOf(target)).toMatchObject({ success: true, events_migrated: 0, in_place: 3 });
  });

  test('an edge keeps what it says where that is when it was made', async () => {
    const target = everyFate();
    const propertiesOf = (event: string) =>
      String(readValue(target, `SELECT properties FROM kg_edges WHERE to_node = 'audit_event:${event}'`));
    await migrate(target);
    expect(propertiesOf('docs')).toBe('{"created":"2020-01-02","by":"them"}');
    expect(JSON.parse(propertiesOf('orphan'))).toEqual({ created: expect.stringMatching(/^\d{4}-.*Z$/) });
    const id = readValue(target, "SELECT id FROM kg_edges WHERE to_node = 'audit_event:docs'");
    expect(id).toBe('HAS_EVENT:audit_trail%3Amain->audit_event%3Adocs');
  });

  test('other types come where they are named, each as it is written', async () => {
    const target = everyFate();
    expect(await reportOf(target, '--from', 'folder')).toMatchObject({
      held_by_others: { types: ['CDocs', 'Folder'] },
    });
    expect(await reportOf(target, '--from=Folder', '--from', 'CDocs')).toMatchObject({ events_migrated: 2 });
  });

  test('a dry run says the same, and writes nothing', async () => {
    const target = everyFate();
    const before = stateOfFolder(join(target, '..'));
    const dry = await reportOf(target, '--dry-run');
    expect(stateOfFolder(join(target, '..'))).toEqual(before);
    const { message: _said, longest_write_ms: _took, ...live } = await reportOf(target);
    expect(dry).toMatchObject({ ...live, dry_run: true, message: '2 events would be migrated to audit_trail:main' });
  });

  test('without a trail it makes one, but not in a dry run', async () => {
    const target = graphWith({ nodes: [{ id: 'audit_event:1' }] });
    expect(await reportOf(target, '-n')).toMatchObject({ trail: 'audit_trail:main', events_migrated: 1 });
    expect(readValue(target, 'SELECT count(*) FROM kg_nodes')).toBe(1);
    expect(await reportOf(target)).toMatchObject({ trail: 'audit_trail:main', events_migrated: 1 });
    const properties = readValue(target, "SELECT properties FROM kg_nodes WHERE id = 'audit_trail:main'");
    expect(JSON.parse(String(properties))).toEqual({ created: expect.stringMatching(/Z$/) });
  });

  test('what hangs on a node that is marked as deleted hangs on nothing', async () => {
    const target = graphWith({
      nodes: [
        { id: 'audit_trail:main', type: 'audit_trail' },
        { id: 'audit_trail:old', type: 'audit_trail', deleted: true },
        { id: 'folder', type: 'Folder', deleted: true },
        { id: 'audit_event:1' },
        { id: 'audit_event:2' },
      ],
      edges: [
        { from: 'audit_trail:old', to: 'audit_event:1' },
        { from: 'folder', to: 'audit_event:2' },
      ],
    });
    const counts = { events_migrated: 2, in_place: 0, ambiguous: { events: 0 } };
    expect(await reportOf(target, '-n')).toMatchObject(counts);
    expect(await reportOf(target)).toMatchObject(counts);
    const home = ['audit_trail:main -> audit_event:1', 'audit_trail:main -> audit_event:2'];
    expect(readHoldings(target)).toEqual(home);
  });

  test('types that are named and are not there are told, and events that are none here', async () => {
    const target = everyFate();
    const { stderr } = await migrate(target, '--from', 'CDoc', '--from', 'Folder');
    expect(stderr).toBe('warning: trail: no node is of type CDoc\n');
    const theirs = graphWith({
      nodes: [
        { id: 'docs', type: 'CDocs' },
        { id: 'e', type: 'AuditEvent' },
      ],
    });
    expect((await reportOf(theirs)).warnings).toEqual([
      'nodes of type AuditEvent were left, as events are nodes of type audit_event',
    ]);
  });

  test('the only trail is taken, whatever its id, and a trail is named with or without its type', async () => {
    const trail = { id: 'T-1', type: 'audit_trail' };
    const alone = graphWith({ nodes: [trail, { id: 'audit_event:1' }] });
    expect(await reportOf(alone)).toMatchObject({ trail: 'T-1', events_migrated: 1 });
    const team = { id: 'audit_trail:team', type: 'audit_trail' };
    const two = graphWith({ nodes: [trail, team, { id: 'audit_event:1' }] });
    expect(await reportOf(two, '-n', '--trail', 'T-1')).toMatchObject({ trail: 'T-1' });
    expect(await reportOf(two, '-n', '--trail', 'team')).toMatchObject({ trail: 'audit_trail:team' });
    expect(await reportOf(two, '-n', '--trail', 'audit_trail:team')).toMatchObject({ trail: 'audit_trail:team' });
  });

  test('makes the table of edges where there is none, but not in a dry run', async () => {
    const target = graphWith({ nodes: [{ id: 'audit_event:1' }] });
    changeGraph(target, 'DROP TABLE kg_edges');
    expect(await reportOf(target, '-n')).toMatchObject({ events_migrated: 1 });
    expect(readValue(target, "SELECT count(*) FROM sqlite_schema WHERE name = 'kg_edges'")).toBe(0);
    expect(await reportOf(target)).toMatchObject({ events_migrated: 1 });
    expect(readHoldings(target)).toEqual(['audit_trail:main -> audit_event:1']);
  });

  test.each<GraphShape>(['indexed', 'bare', 'odd'])(
    'works in %s tables of others, dangling edges among them',
    async (shape) => {
      const nodes = [{ id: 'docs', type: 'CDocs' }, { id: 'audit_event:1' }, { id: 'audit_event:2' }];
      const edges = [
        { from: 'nobody', to: 'audit_event:1' },
        { from: 'docs', to: 'audit_event:2' },
      ];
      const target = graphWith({ nodes, edges }, shape);
      expect(await reportOf(target)).toMatchObject({ events_migrated: 2, held_by_others: { events: 0 } });
      expect(readHoldings(target)).toEqual(['audit_trail:main -> audit_event:1', 'audit_trail:main -> audit_event:2']);
      expect(await reportOf(target)).toMatchObject({ events_migrated: 0, in_place: 2 });
    },
  );

  test('two at once hang every event up once', async () => {
    const nodes = Array.from({ length: 4000 }, (_, at) => ({ id: `audit_event:${at}` }));
    const edges = nodes.slice(0, 3000).map(({ id }) => ({ from: 'docs', to: id }));
    for (const shape of ['ours', 'bare'] as const) {
      const target = graphWith({ nodes: [{ id: 'docs', type: 'CDocs' }, ...nodes], edges }, shape);
      const reports = await Promise.all([reportOf(target), reportOf(target)]);
      expect(reports.map(({ success }) => success)).toEqual([true, true]);
      expect(reports[0].events_migrated + reports[1].events_migrated).toBe(4000);
      expect(readHoldings(target)).toEqual(nodes.map(({ id }) => `audit_trail:main -> ${id}`).toSorted());
    }
  });

  test('what others do between its look and its write counts as it is then', async () => {
    const names = ['moved', 'removed', 'deleted', 'hung', 'new', 'untouched'];
    const nodes = [
      { id: 'audit_trail:main', type: 'audit_trail' },
      { id: 'audit_trail:other', type: 'audit_trail' },
      { id: 'docs', type: 'CDocs' },
      ...names.map((name) => ({ id: `audit_event:${name}` })),
    ];
    const edges = names.slice(0, 3).map((name) => ({ from: 'docs', to: `audit_event:${name}` }));
    for (const shape of ['indexed', 'bare'] as const) {
      const target = graphWith({ nodes, edges }, shape);
      let looked = 0;
      const report = await migrateJob({ target }, () => {
        if (looked++ > 0) return;
        changeGraph(
          target,
          `UPDATE kg_edges SET from_node = 'audit_trail:other' WHERE to_node = 'audit_event:moved';
           DELETE FROM kg_edges WHERE to_node = 'audit_event:removed';
           DELETE FROM kg_nodes WHERE id = 'audit_event:removed';
           UPDATE kg_nodes SET deleted_at = 'now' WHERE id = 'audit_event:deleted';
           INSERT INTO kg_edges(id, edge_type, from_node, to_node) VALUES
             ('x', 'HAS_EVENT', 'audit_trail:main', 'audit_event:hung'),
             ('y', 'HAS_EVENT', 'docs', 'audit_event:new');`,
        );
      });
      expect(report).toMatchObject({ success: true, events_migrated: 2, in_place: 1, on_other_trails: 1 });
      expect(readHoldings(target)).toEqual([
        'audit_trail:main -> audit_event:hung',
        'audit_trail:main -> audit_event:new',
        'audit_trail:main -> audit_event:untouched',
        'audit_trail:other -> audit_event:moved',
        'docs -> audit_event:deleted',
      ]);
    }
  });

  test('a trail that goes meanwhile ends it, and no event is lost', async () => {
    const nodes = [
      { id: 'audit_trail:main', type: 'audit_trail' },
      { id: 'docs', type: 'CDocs' },
      { id: 'audit_event:1' },
    ];
    const target = graphWith({ nodes, edges: [{ from: 'docs', to: 'audit_event:1' }] }, 'bare');
    const report = await migrateJob({ target }, () =>
      changeGraph(target, "DELETE FROM kg_nodes WHERE id LIKE 'audit_trail%'"),
    );
    expect(report).toMatchObject({ success: false, events_migrated: 0, error: { code: 'node-not-found' } });
    expect(readHoldings(target)).toEqual(['docs -> audit_event:1']);
  });

  test('ids that are no proper text neither stop it nor are touched', async () => {
    const target = graphWith({ nodes: [{ id: '' }, { id: 'audit_event:a\u0000b' }, { id: 'audit_event:z' }] }, 'bare');
    changeGraph(
      target,
      `INSERT INTO kg_nodes(id, node_type) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
         SELECT CAST(x'fe' || CAST(i AS BLOB) AS TEXT), 'audit_event' FROM n;
       INSERT INTO kg_nodes(id, node_type) VALUES (NULL, 'audit_event'), (x'00ff', 'audit_event');
       INSERT INTO kg_edges(id, edge_type, from_node, to_node) VALUES (NULL, 'HAS_EVENT', NULL, 'audit_event:z'),
         ('blob', 'HAS_EVENT', x'ff', x'00ff');`,
    );
    expect(await reportOf(target)).toMatchObject({ success: true, events_migrated: 3 });
    expect(await reportOf(target)).toMatchObject({ success: true, events_migrated: 0, in_place: 3 });
  });

  test('an interruption leaves whole batches', async () => {
    const nodes = Array.from({ length: 4000 }, (_, at) => ({ id: `audit_event:${at}` }));
    const target = graphWith({ nodes });
    const controller = new AbortController();
    const report = await migrateJob({ target, signal: controller.signal }, (events) => {
      if (events > 0) controller.abort('SIGTERM');
    });
    expect(report).toMatchObject({ success: false, error: { code: 'interrupted-sigterm' } });
    expect(report.events_migrated).toBeGreaterThan(0);
    expect(report.events_migrated).toBeLessThan(4000);
    expect(readHoldings(target)).toHaveLength(report.events_migrated);
    expect(await reportOf(target)).toMatchObject({ success: true, in_place: report.events_migrated });
  });
});

describe('trail migrate tells', () => {
  test('people, lines and spreadsheets the same', async () => {
    const table = await migrate(everyFate());
    await expect(table.stdout.replace(/^.*org\.db/, 'org.db')).toMatchFileSnapshot('golden/trail-migrate.txt');
    const lines = (await migrate(everyFate(), '--format', 'ndjson')).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { outcome: 'migrated', events: 2 },
      { outcome: 'in_place', events: 1 },
      { outcome: 'on_other_trails', events: 1 },
      { outcome: 'ambiguous', events: 1, names: ['audit_event:both'] },
      { outcome: 'held_by_others', events: 1, names: ['Folder'] },
    ]);
    const csv = (await migrate(everyFate(), '--format', 'csv')).stdout.split('\r\n');
    expect(csv.slice(0, 2)).toEqual(['outcome,events,names', 'migrated,2,']);
  });

  test('nothing under --quiet where nothing changed', async () => {
    const target = everyFate();
    expect((await migrate(target, '--quiet')).stdout).not.toBe('');
    expect(await migrate(target, '--quiet')).toEqual({ stdout: '', stderr: '', code: 0 });
  });

  test('hostile names harmlessly', async () => {
    const texts = Object.values(HOSTILE_TEXTS);
    const nodes = texts.flatMap((text, at) => [
      { id: `holder ${at}`, type: text },
      { id: `audit_event:${text}` },
      { id: `audit_trail:${text}`, type: 'audit_trail' },
    ]);
    const edges = texts.flatMap((text, at) => [
      { from: `holder ${at}`, to: `audit_event:${text}` },
      { from: `audit_trail:${text}`, to: `audit_event:${text}` },
    ]);
    const target = graphWith({ nodes: [...nodes, { id: 'audit_trail:main', type: 'audit_trail' }], edges }, 'bare');
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout, code } = await migrate(target, '--format', format, '--from', HOSTILE_TEXTS['a formula'] ?? '');
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[^\P{Cc}\r\n]|[\u202a-\u202e\u2066-\u2069\u200b]/u);
    }
  });
});

describe('trail migrate refuses', () => {
  test('a trail that is named and is not there, with nothing migrated', async () => {
    const target = everyFate();
    const before = readHoldings(target);
    await expectFailure(['trail', 'migrate', '-t', target, '--trail', 'audit_trail:nowhere'], {
      code: 2,
      error: 'trail-not-found',
      says: 'no trail audit_trail:nowhere',
      hint: 'audit_trail:main',
    });
    expect(await reportOf(target, '--trail', 'nowhere')).toMatchObject({
      schema: 'audit-extract/trail-migrate@1',
      success: false,
      message: 'the graph has no trail audit_trail:nowhere',
      events_migrated: 0,
      error: { code: 'trail-not-found', message: 'the graph has no trail audit_trail:nowhere' },
    });
    expect(readHoldings(target)).toEqual(before);
  });

  test('to choose between trails', async () => {
    const trails = Array.from({ length: 8 }, (_, at) => ({ id: `audit_trail:${at}`, type: 'audit_trail' }));
    await expectFailure(['trail', 'migrate', '-t', graphWith({ nodes: trails })], {
      code: 2,
      error: 'trail-ambiguous',
      says: 'audit_trail:0, audit_trail:1, audit_trail:2, audit_trail:3, audit_trail:4 and others',
      hint: '--trail',
    });
    const withMain = graphWith({ nodes: [...trails, { id: 'audit_trail:main', type: 'audit_trail' }] });
    expect(await reportOf(withMain)).toMatchObject({ trail: 'audit_trail:main' });
  });

  test('a trail that is marked as deleted, or is none', async () => {
    const deleted = graphWith({ nodes: [{ id: 'audit_trail:main', type: 'audit_trail', deleted: true }] });
    const other = graphWith({ nodes: [{ id: 'audit_trail:main', type: 'Folder' }] });
    for (const target of [deleted, other]) {
      const before = stateOfFolder(join(target, '..'));
      await expectFailure(['trail', 'migrate', '-t', target, '--dry-run'], { code: 2, error: 'trail-not-found' });
      expect(stateOfFolder(join(target, '..'))).toEqual(before);
      await expectFailure(['trail', 'migrate', '-t', target], { code: 2, error: 'trail-not-found' });
    }
  });

  test.each([
    [
      'a rule',
      "CREATE TRIGGER t BEFORE INSERT ON kg_edges BEGIN SELECT RAISE(ABORT, 'no edges'); END",
      /kg_edges .*refuses our edges/,
    ],
    [
      'a trigger that ignores',
      'CREATE TRIGGER t BEFORE INSERT ON kg_edges BEGIN SELECT RAISE(IGNORE); END',
      /kg_edges/,
    ],
  ])('%s of kg_edges that stops it, before anything is written', async (_, sql, says) => {
    const target = everyFate();
    changeGraph(target, sql);
    const before = readHoldings(target);
    for (const flags of [[], ['-n']]) {
      const failure = { code: 4, error: 'target-refuses-writes', says };
      await expectFailure(['trail', 'migrate', '-t', target, ...flags], failure);
    }
    expect(readHoldings(target)).toEqual(before);
  });

  test('edges without unique ids', async () => {
    const target = graphWith({ nodes: [] });
    changeGraph(
      target,
      'DROP TABLE kg_edges; CREATE TABLE kg_edges(id TEXT, edge_type TEXT, from_node TEXT, to_node TEXT)',
    );
    for (const flags of [[], ['-n']]) {
      const failure = { code: 4, error: 'target-schema', says: 'does not keep id unique' };
      await expectFailure(['trail', 'migrate', '-t', target, ...flags], failure);
    }
  });

  test('edges that it could find by reading all of them alone', async () => {
    const target = graphWith({ nodes: [] }, 'indexed');
    changeGraph(target, 'DROP INDEX to_and_type');
    const failure = { code: 4, error: 'target-schema', says: 'no index by to_node' };
    await expectFailure(['trail', 'migrate', '-t', target], failure);
  });

  test('an edge that stands under the id of ours, and leaves its event where it hangs', async () => {
    const target = everyFate();
    changeGraph(
      target,
      `INSERT INTO kg_edges SELECT 'HAS_EVENT:audit_trail%3Amain->audit_event%3Adocs', 'LIKES', 'docs', 'folder', NULL, '', ''`,
    );
    await expectFailure(['trail', 'migrate', '-t', target], {
      code: 4,
      error: 'target-refuses-writes',
      says: 'another edge',
    });
    expect(readHoldings(target)).toContain('docs -> audit_event:docs');
  });

  test.each([
    [['--from', ''], '--from'],
    [['--from', 'audit_trail'], '--from'],
    [['--trail', ' '], '--trail'],
    [['--format', 'xml'], '--format'],
    [['--form', 'X'], '--form'],
    [['more'], 'arguments'],
  ])('%j', async (flags, says) => {
    await expectFailure(['trail', 'migrate', '-t', everyFate(), ...flags], { code: 2, error: 'usage', says });
  });

  test('a misspelt migrate, and says what was meant', async () => {
    const failure = { code: 2, error: 'usage', says: 'too many arguments', hint: 'did you mean migrate?' };
    await expectFailure(['trail', 'migrat', '-t', everyFate()], failure);
  });

  test('a target that is not there', async () => {
    const target = join(tempFolder(), 'org.db');
    await expectFailure(['trail', 'migrate', '-t', target], { code: 2, error: 'target-not-found' });
  });

  test('nothing of flags that stand before its name', async () => {
    const target = everyFate();
    for (const words of [
      ['-t', target, 'trail', 'migrate', '-n'],
      ['trail', '-t', target, '-n', 'migrate'],
    ]) {
      const { stdout, code } = await runCli([...words, '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ dry_run: true, events_migrated: 2 });
    }
  });
});
