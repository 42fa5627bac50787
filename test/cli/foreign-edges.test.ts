import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { readAll } from '../support/graph-rows.ts';
import { A_DAY, linkerModule } from '../support/linker-module.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

const NODES = `CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL,
  properties TEXT, source_table TEXT, source_id TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT)`;
const EDGES = `CREATE TABLE kg_edges(id TEXT PRIMARY KEY, edge_type TEXT, from_node TEXT, to_node TEXT, properties TEXT)`;
/** Edges that the orchard's rows give. */
const ALL = 32;

/** The orchard, and a graph in which another program has made these tables. */
function sceneOn(...statements: readonly string[]): Scene {
  const scene = orchardScene();
  const db = new Database(scene.target);
  db.exec([NODES, ...statements].join(';'));
  db.close();
  return scene;
}

async function edgesOf(args: readonly string[]) {
  const { stdout, stderr, code } = await runCli(['run', ...args, '--edges', '--json']);
  expect([stderr, code]).toEqual(['', 0]);
  return JSON.parse(stdout).edges;
}

describe('a kg_edges of another program is used as it is', () => {
  test.for([
    [
      'columns in another order and more of them, with defaults',
      `CREATE TABLE kg_edges(weight REAL NOT NULL DEFAULT 1, to_node TEXT, note TEXT, updated_at, from_node TEXT,
       edge_type TEXT, "made by" TEXT DEFAULT 'someone', properties, id TEXT UNIQUE, created_at)`,
    ],
    ['the four essential columns alone', 'CREATE TABLE kg_edges(from_node, to_node, edge_type, id UNIQUE)'],
    ['names in capitals', 'CREATE TABLE KG_EDGES("ID" TEXT PRIMARY KEY, "FROM_NODE", "To_Node", "Edge_Type")'],
    ['no row ids', `${EDGES} WITHOUT ROWID`],
    ['a column that is computed', EDGES.replace('properties TEXT', "way TEXT AS (from_node || ' ' || to_node)")],
    [
      'references to nodes',
      EDGES.replace('from_node TEXT', 'from_node TEXT NOT NULL REFERENCES kg_nodes(id) DEFERRABLE INITIALLY DEFERRED'),
    ],
  ])('%s', async ([, sql]) => {
    const scene = sceneOn(sql ?? '');
    const schema = "SELECT sql FROM sqlite_schema WHERE tbl_name LIKE 'kg_edges'";
    const before = readAll(scene.target, schema);
    expect(await edgesOf([...scene.paths, '--dry-run'])).toMatchObject({ inserted: ALL, missing: 0 });
    expect(await edgesOf(scene.paths)).toMatchObject({ inserted: ALL, missing: 0 });
    expect(await edgesOf([...scene.paths, '--full'])).toMatchObject({ inserted: 0, unchanged: ALL });
    const clean = orchardScene();
    await edgesOf(clean.paths);
    expect(readEdges(scene.target)).toEqual(readEdges(clean.target));
    expect(readAll(scene.target, schema)).toEqual(before);
  });

  test('a column that it fills itself is left to it', async () => {
    const { paths, target } = sceneOn(EDGES.replace('properties', 'weight REAL NOT NULL DEFAULT 0.5, properties'));
    await edgesOf(paths);
    expect(readAll(target, 'SELECT DISTINCT weight FROM kg_edges')).toEqual([{ weight: 0.5 }]);
  });

  test('an edge of others under an id of ours stays as it is, and counts as there', async () => {
    const id = 'HAS_EVENT:audit_trail%3Amain->audit_event%3Asys%3A1';
    const theirs = { id, edge_type: 'THEIRS', from_node: 'a', to_node: 'b', properties: 'no JSON' };
    const { paths, target } = sceneOn(EDGES, `INSERT INTO kg_edges VALUES('${Object.values(theirs).join("','")}')`);
    for (const flags of [['--dry-run'], []]) {
      expect(await edgesOf([...paths, ...flags])).toMatchObject({ inserted: ALL - 1, unchanged: 1 });
    }
    expect(readAll(target, `SELECT * FROM kg_edges WHERE id = '${id}'`)).toEqual([theirs]);
  });

  test('a node of others under the id of an entity is used as it is', async () => {
    const { paths, target } = sceneOn(
      `INSERT INTO kg_nodes VALUES('tool:Bash', 'shell', 'theirs', 'Theirs', 'no JSON', 't', 's', 'then', 'then', 'now')`,
    );
    const before = readAll(target, 'SELECT * FROM kg_nodes');
    expect(await edgesOf(paths)).toMatchObject({ inserted: ALL, nodes_inserted: 12 });
    expect(readAll(target, "SELECT * FROM kg_nodes WHERE id = 'tool:Bash'")).toEqual(before);
  });

  test('that takes ids for one which differ in case is refused, as edges would be lost', async () => {
    const scene = sceneOn(EDGES.replace('PRIMARY KEY', 'PRIMARY KEY COLLATE NOCASE'));
    await expectFailure(['run', ...scene.paths, '--edges'], {
      code: 4,
      error: 'target-schema',
      says: /kg_edges of target .*org\.db takes ids for one that differ in case/,
    });
  });
});

/** Fails with 4, and not a byte of the folder has changed; a live run leaves its lock file. */
async function cannotServe(scene: Scene, flags: readonly string[], error: string, says: RegExp): Promise<void> {
  const before = stateOfFolder(scene.folder);
  const isDry = flags.includes('--dry-run');
  const failure = { code: 4, error, says, ...(isDry && { together: true as const }) };
  await expectFailure(['run', ...scene.paths, '--edges', ...flags], failure);
  const { 'org.db.audit-lock': lock, ...after } = stateOfFolder(scene.folder);
  expect(after).toEqual(before);
  expect(lock === undefined).toBe(isDry);
}

describe.for([[[]], [['--dry-run']]] as const)('a kg_edges that cannot serve is exit code 4 %j', ([flags]) => {
  test.for(['id', 'edge_type', 'from_node', 'to_node'])('no column %s', async (column) => {
    const columns = ['id TEXT PRIMARY KEY', 'edge_type TEXT', 'from_node TEXT', 'to_node TEXT', 'properties TEXT'];
    const others = columns.filter((text) => !text.startsWith(column));
    const scene = sceneOn(`CREATE TABLE kg_edges(${others.join(', ')})`);
    await cannotServe(
      scene,
      flags,
      'target-schema',
      new RegExp(`kg_edges of target .*org\\.db has no column ${column}$`),
    );
  });

  test.for([
    ['no index at all', 'does not keep id unique', EDGES.replace(' PRIMARY KEY', '')],
    ['integers alone', 'takes numbers alone as ids', EDGES.replace('id TEXT', 'id INTEGER')],
    [
      'unique in part',
      'does not keep id unique',
      `${EDGES.replace(' PRIMARY KEY', '')}; CREATE UNIQUE INDEX u ON kg_edges(id) WHERE id > 'x'`,
    ],
    [
      'a view',
      'is a view, in which nothing can stand',
      `CREATE VIEW kg_edges AS SELECT id, '' AS edge_type, '' AS from_node, '' AS to_node FROM kg_nodes`,
    ],
  ])('an id that is not unique: %s', async ([, why, sql]) => {
    const says = new RegExp(`kg_edges of target .*org\\.db ${why}$`);
    await cannotServe(sceneOn(sql ?? ''), flags, 'target-schema', says);
  });

  const REFUSES = 'kg_edges of target .*org\\.db (refuses our edges: |does not keep what is written to it).*';
  test.for([
    [
      'a NOT NULL column of others',
      EDGES.replace('properties TEXT', 'tenant TEXT NOT NULL'),
      'kg_edges.tenant must have a value',
    ],
    [
      'a CHECK on the type',
      EDGES.replace('edge_type TEXT', "edge_type TEXT CHECK(edge_type IN ('HAS_EVENT'))"),
      'checks for$',
    ],
    ['one edge of a type from a node', EDGES.replace(/\)$/, ', UNIQUE(from_node, edge_type))'), 'must be unique'],
    ['a type that is no text', `${EDGES.replace('to_node TEXT', 'to_node INTEGER')} STRICT`, 'another type than'],
    [
      'a trigger that says no',
      `${EDGES}; CREATE TRIGGER t BEFORE INSERT ON kg_edges BEGIN SELECT RAISE(ABORT, 'closed'); END`,
      '"closed"',
    ],
    [
      'a trigger that says nothing',
      `${EDGES}; CREATE TRIGGER t BEFORE INSERT ON kg_edges BEGIN SELECT RAISE(IGNORE); END`,
      '',
    ],
  ])('%s', async ([, sql, rule]) => {
    await cannotServe(sceneOn(sql ?? ''), flags, 'target-refuses-writes', new RegExp(REFUSES + rule));
  });

  test('a rule against the type of a linker from outside', async () => {
    const scene = sceneOn(EDGES.replace('edge_type TEXT', "edge_type TEXT CHECK(edge_type <> 'BESIDE')"));
    const mine = linkerModule(scene.folder, { body: `yield { from: event, to: ${A_DAY} };` });
    await cannotServe(scene, [...flags, ...mine], 'target-refuses-writes', new RegExp(`${REFUSES}a value is outside`));
  });

  test('a kg_nodes that takes events and nothing they lead to', async () => {
    const scene = orchardScene();
    const db = new Database(scene.target);
    db.exec(NODES.replace('node_type TEXT', "node_type TEXT CHECK(node_type = 'audit_event')"));
    db.close();
    await cannotServe(scene, flags, 'target-refuses-writes', /kg_nodes of target .*org\.db refuses our nodes: /);
  });
});

test('a rule that only some edges break is named, and the batches before it are whole', async () => {
  const scene = sceneOn(EDGES.replace('to_node TEXT', "to_node TEXT CHECK(to_node NOT LIKE 'task:B%')"));
  const says = /kg_edges of target .*org\.db refuses our edges: a value is outside what the table checks for/;
  await expectFailure(['run', ...scene.paths, '--edges'], { code: 4, error: 'target-refuses-writes', says });
  for (const id of readEdges(scene.target).edges) expect(id).not.toContain('task%3AB');
});

test('a kg_edges that cannot serve is none of a run without edges', async () => {
  const { paths } = sceneOn('CREATE TABLE kg_edges(tenant TEXT NOT NULL)');
  expect(await runCli(['run', ...paths])).toMatchObject({ code: 0, stderr: '' });
});
