import { describe, expect, test } from 'vitest';
import { changeGraph, readAll } from '../support/graph-rows.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

const USUAL = `id TEXT PRIMARY KEY, node_type TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL, properties TEXT,
  source_table TEXT, source_id TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT`;
const A_TRACK = `INSERT INTO kg_nodes(id, node_type, name, properties, created_at, updated_at)
  VALUES ('track:1', 'track', 'A track', '{ "pretty" : true }', '2026-01-01', '2026-01-01')`;

function sceneOn(sql: string): Scene {
  const scene = orchardScene();
  changeGraph(scene.target, sql);
  return scene;
}

/** A first run inserts 11 nodes, a full one finds them unchanged, and the schema is as it was but for our own tables. */
async function serves({ paths, target }: Scene): Promise<void> {
  const schema = () =>
    readAll(
      target,
      `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'audit\\_%' ESCAPE '\\' ORDER BY name`,
    );
  const before = schema();
  const first = await runCli([...paths, '--json']);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(first.stdout).totals).toMatchObject({ inserted: 11, updated: 0, unchanged: 0 });
  const second = JSON.parse((await runCli([...paths, '--json'])).stdout);
  expect(second.totals).toMatchObject({ inserted: 0, updated: 0, unchanged: 2 });
  const full = JSON.parse((await runCli([...paths, '--json', '--full'])).stdout);
  expect(full.totals).toMatchObject({ inserted: 0, updated: 0, unchanged: 11 });
  expect(schema()).toEqual(before);
}

describe('a kg_nodes made by others is used as it is', () => {
  test.for([
    ['as the contract has it', `CREATE TABLE kg_nodes(${USUAL})`],
    ['with columns of others', `CREATE TABLE kg_nodes(${USUAL}, tenant TEXT NOT NULL DEFAULT 'us', embedding BLOB)`],
    ['with a computed column', `CREATE TABLE kg_nodes(${USUAL}, title TEXT AS (upper(name)) STORED)`],
    ['with the essential columns alone', 'CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type, name, properties)'],
    ['without deleted_at', `CREATE TABLE kg_nodes(${USUAL.replace(', deleted_at TEXT', '')})`],
    ['with a unique index for a key', `CREATE TABLE kg_nodes(${USUAL.replace(' PRIMARY KEY', ' UNIQUE')})`],
    ['with a numeric source_id', `CREATE TABLE kg_nodes(${USUAL.replace('source_id TEXT', 'source_id INTEGER')})`],
    ['with names in capitals', `CREATE TABLE KG_Nodes(${USUAL.toUpperCase()})`],
    ['WITHOUT ROWID', `CREATE TABLE kg_nodes(${USUAL}) WITHOUT ROWID`],
    ['STRICT', `CREATE TABLE kg_nodes(${USUAL}) STRICT`],
    ['STRICT and ANY', `CREATE TABLE kg_nodes(${USUAL.replaceAll(/(?<!id) TEXT/g, ' ANY')}) STRICT`],
    ['without types', `CREATE TABLE kg_nodes(${USUAL.replaceAll(' TEXT', '')})`],
    [
      'with VARCHAR and JSON columns',
      `CREATE TABLE kg_nodes(${USUAL.replaceAll('TEXT', 'VARCHAR(255)').replace('properties VARCHAR(255)', 'properties JSON')})`,
    ],
    ['with columns in another order', `CREATE TABLE kg_nodes(${USUAL.split(',').toReversed().join(',')})`],
    ['with a CHECK that lets us in', `CREATE TABLE kg_nodes(${USUAL}, CHECK (json_valid(properties)))`],
    ['and no kg_edges, or one of another form', `CREATE TABLE kg_nodes(${USUAL}); CREATE TABLE kg_edges(x)`],
  ] as const)('%s', async ([, sql]) => {
    await serves(sceneOn(sql));
  });

  test('no table is added to it but ours', async () => {
    const scene = sceneOn(`CREATE TABLE kg_nodes(${USUAL})`);
    await runCli(scene.paths);
    for (const { name } of readAll(scene.target, 'SELECT name FROM sqlite_schema WHERE sql IS NOT NULL') as {
      name: string;
    }[]) {
      expect(name).toMatch(/^(kg_nodes|audit_.*)$/);
    }
  });

  test('a database of others without kg_nodes gets one, and keeps its own tables', async () => {
    const scene = sceneOn("CREATE TABLE recipes(name); INSERT INTO recipes VALUES ('plum jam')");
    expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
    expect(readNodes(scene.target)).toHaveLength(11);
    expect(readAll(scene.target, 'SELECT * FROM recipes')).toEqual([{ name: 'plum jam' }]);
  });
});

describe('what others made stays', () => {
  test('their nodes, to the byte', async () => {
    const scene = sceneOn(`CREATE TABLE kg_nodes(${USUAL}); ${A_TRACK}`);
    const before = readNodes(scene.target);
    await runCli(scene.paths);
    expect(readNodes(scene.target).filter(({ id }) => id === 'track:1')).toEqual(before);
  });

  test("a predecessor's audit_event nodes, unless the id is the same", async () => {
    const old = (id: string, properties: string) =>
      A_TRACK.replace('track:1', id).replace("'track'", "'audit_event'").replace('{ "pretty" : true }', properties);
    const pretty = '{\n\t"entry_id": 11\n}\n';
    const sql = `CREATE TABLE kg_nodes(${USUAL}); ${old('audit_event:toolerr_1', '{}')}; ${old('audit_event:sys:1', pretty)}`;
    const { paths, target } = sceneOn(sql);
    const [same, other] = readNodes(target);
    const { stdout } = await runCli([...paths, '--format', 'ndjson', '--only', 'session-boundaries']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ action }) => action)).toEqual(['update', 'insert', 'insert', 'insert', undefined]);
    expect(lines[0].before).toMatchObject({ name: 'A track', subtype: null, properties: { entry_id: 11 } });
    const after = new Map(readNodes(target).map((node) => [node.id, node]));
    expect(after.get('audit_event:toolerr_1')).toEqual(other);
    expect(after.get('audit_event:sys:1')).toMatchObject({ subtype: 'session_boundary', created_at: same?.created_at });
    expect(after.get('audit_event:sys:1')?.updated_at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test('JSON that begins with a line feed is an object before an update, too', async () => {
    const { paths, target } = sceneOn(`CREATE TABLE kg_nodes(${USUAL})`);
    await runCli(paths);
    changeGraph(target, `UPDATE kg_nodes SET properties = char(10) || '{"level":"x"}' WHERE id = 'audit_event:sys:2'`);
    const { stdout } = await runCli([...paths, '--format', 'ndjson', '--dry-run', '--full']);
    expect(JSON.parse(stdout.split('\n')[0] ?? '').before.properties).toEqual({ level: 'x' });
  });

  test.for(['delete', 'truncate', 'wal'])(
    'journal mode %s, page size, encoding, vacuum mode, versions and indexes',
    async (mode) => {
      const { paths, target } = sceneOn(`PRAGMA page_size = 1024; PRAGMA encoding = 'UTF-16le'; PRAGMA auto_vacuum = 2;
      PRAGMA user_version = 7; PRAGMA application_id = 8; PRAGMA journal_mode = ${mode};
      CREATE TABLE kg_nodes(${USUAL}); CREATE INDEX theirs ON kg_nodes(name); ${A_TRACK}`);
      const PRAGMAS = ['page_size', 'encoding', 'auto_vacuum', 'user_version', 'application_id', 'journal_mode'];
      const state = () => PRAGMAS.map((name) => readAll(target, `PRAGMA ${name}`));
      const before = state();
      await serves({ ...orchardScene(), paths, target });
      const persistent = (list: readonly unknown[]) => (mode === 'wal' ? list : list.slice(0, -1));
      expect(persistent(state())).toEqual(persistent(before));
      expect(readAll(target, 'PRAGMA journal_mode')).not.toEqual(mode === 'wal' ? [] : [{ journal_mode: 'wal' }]);
    },
  );

  test('columns that are not ours, in a node that is', async () => {
    const { paths, source, target } = sceneOn(`CREATE TABLE kg_nodes(${USUAL}, note TEXT DEFAULT 'none')`);
    await runCli(paths);
    changeGraph(target, "UPDATE kg_nodes SET note = 'seen', deleted_at = '2026-05-01' WHERE id = 'audit_event:task:2'");
    changeGraph(source, "UPDATE task_tracking SET outcome = 'success' WHERE id = 2");
    await runCli(paths);
    const row = readAll(target, "SELECT note, name FROM kg_nodes WHERE id = 'audit_event:task:2'");
    expect(row).toEqual([{ note: 'seen', name: expect.stringMatching(/^\[Task\+\] B\.2\.7/) }]);
  });

  test('their triggers fire for our nodes, and for nothing else', async () => {
    const { paths, target } = sceneOn(`CREATE TABLE kg_nodes(${USUAL}); CREATE TABLE seen(id);
      CREATE TRIGGER log AFTER INSERT ON kg_nodes BEGIN INSERT INTO seen VALUES (new.id); END`);
    await runCli(paths);
    await runCli(paths);
    expect(readAll(target, 'SELECT id FROM seen')).toHaveLength(11);
    expect(readAll(target, 'SELECT id FROM seen WHERE id NOT IN (SELECT id FROM kg_nodes)')).toEqual([]);
  });

  test('a node of ours that another script changed says ours again after --full, and only that one', async () => {
    const { paths, target } = sceneOn(`CREATE TABLE kg_nodes(${USUAL})`);
    await runCli(paths);
    const before = readNodes(target);
    changeGraph(
      target,
      "UPDATE kg_nodes SET properties = json_set(properties, '$.level', 'changed') WHERE id = 'audit_event:sys:2'",
    );
    const { stdout } = await runCli([...paths, '--full', '--json']);
    expect(JSON.parse(stdout).totals).toMatchObject({ updated: 1, unchanged: 10 });
    const untimed = (nodes: ReturnType<typeof readNodes>) => nodes.map((node) => ({ ...node, updated_at: '' }));
    expect(untimed(readNodes(target))).toEqual(untimed(before));
  });
});
