import { existsSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

const COLUMNS = `node_type TEXT NOT NULL, subtype TEXT, name TEXT NOT NULL, properties TEXT, source_table TEXT,
  source_id TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT`;
const NODES = `CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, ${COLUMNS})`;
const A_NODE = `INSERT INTO kg_nodes(id, node_type, name, properties, created_at, updated_at)
  VALUES ('track:1', 'track', 'A track', '{}', '2026-01-01', '2026-01-01')`;

function foreignScene(...statements: readonly string[]): Scene {
  const scene = orchardScene();
  const db = new Database(scene.target);
  db.exec(statements.join(';'));
  db.close();
  return scene;
}

/** Fails with 4, and not a byte of the folder has changed; a live run leaves its lock file. */
async function cannotServe(scene: Scene, flags: readonly string[], error: string, says: RegExp): Promise<void> {
  const before = stateOfFolder(scene.folder);
  const isDry = flags.includes('--dry-run');
  await expectFailure([...scene.paths, ...flags], { code: 4, error, says, ...(isDry && { together: true }) });
  const { 'org.db.audit-lock': lock, ...after } = stateOfFolder(scene.folder);
  expect(after).toEqual(before);
  expect(lock === undefined).toBe(isDry);
}

const NAMES_US = /kg_nodes of target .*org\.db /;

describe.for([[[]], [['--dry-run']]] as const)('a target that cannot serve is exit code 4 %j', ([flags]) => {
  test.for([
    ['text', 'this is no database, and long enough to be taken for a header of one hundred bytes'.repeat(100)],
    ['half a header', 'SQLite format 3\0'],
    ['a few bytes', 'x\n'],
    ['three hundred bytes', 'note '.repeat(60)],
  ] as const)('no database but %s', async ([, text]) => {
    const scene = orchardScene();
    writeFileSync(scene.target, text);
    await cannotServe(scene, flags, 'target-not-a-database', /target .*org\.db is not a SQLite database/);
  });

  test.for(['id', 'node_type', 'name', 'properties'])('no column %s', async (column) => {
    const columns = ['id TEXT PRIMARY KEY', 'node_type TEXT', 'name TEXT', 'properties TEXT', 'created_at TEXT'];
    const others = columns.filter((text) => !text.startsWith(column));
    const scene = foreignScene(`CREATE TABLE kg_nodes(${others.join(', ')})`);
    await cannotServe(scene, flags, 'target-schema', new RegExp(`${NAMES_US.source}has no column ${column}$`));
  });

  test('an id that holds integers alone', async () => {
    const scene = foreignScene(NODES.replace('id TEXT PRIMARY KEY', 'id INTEGER PRIMARY KEY'));
    await cannotServe(scene, flags, 'target-schema', NAMES_US);
  });

  test('an essential column that is computed', async () => {
    const scene = foreignScene(`CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type, properties, name AS ('x'))`);
    await cannotServe(scene, flags, 'target-schema', /no column name$/);
  });

  test.for([
    ['no index at all', NODES.replace('id TEXT PRIMARY KEY', 'id TEXT')],
    ['unique together with another', `CREATE TABLE kg_nodes(id TEXT, ${COLUMNS}, PRIMARY KEY (id, node_type))`],
    [
      'unique in part',
      `${NODES.replace(' PRIMARY KEY', '')}; CREATE UNIQUE INDEX u ON kg_nodes(id) WHERE subtype = 'x'`,
    ],
    ['unique as an expression', `${NODES.replace(' PRIMARY KEY', '')}; CREATE UNIQUE INDEX u ON kg_nodes(lower(id))`],
    ['a view', `${NODES.replace('kg_nodes', 'nodes')}; CREATE VIEW kg_nodes AS SELECT * FROM nodes`],
  ] as const)('an id that is not unique: %s', async ([, sql]) => {
    await cannotServe(foreignScene(sql), flags, 'target-schema', NAMES_US);
  });

  test.for([
    ['a NOT NULL column of others, without default', NODES.replace('deleted_at TEXT', 'tenant TEXT NOT NULL')],
    ['a CHECK on node_type', NODES.replace('node_type TEXT NOT NULL', "node_type TEXT CHECK(node_type in ('x'))")],
    ['a CHECK on the length of a name', NODES.replace('name TEXT NOT NULL', 'name TEXT CHECK(length(name) < 40)')],
    ['a CHECK on subtype', NODES.replace('subtype TEXT', "subtype TEXT CHECK(subtype <> 'task_completion')")],
    ['UNIQUE(name)', NODES.replace('name TEXT NOT NULL', 'name TEXT NOT NULL UNIQUE')],
    ['a unique index on name', `${NODES}; CREATE UNIQUE INDEX names ON kg_nodes(name)`],
    ['UNIQUE(source_id)', NODES.replace('source_id TEXT', 'source_id TEXT UNIQUE')],
    ['ids compared without case', NODES.replace('id TEXT PRIMARY KEY', 'id TEXT PRIMARY KEY COLLATE NOCASE')],
    ['strict and numeric', `${NODES.replace('source_id TEXT', 'source_id INTEGER')} STRICT`],
    [
      'a reference that must exist',
      `CREATE TABLE kinds(kind TEXT PRIMARY KEY);
       ${NODES.replace('subtype TEXT', 'subtype TEXT REFERENCES kinds(kind)')}`,
    ],
  ] as const)('a write would be refused: %s', async ([, sql]) => {
    await cannotServe(foreignScene(sql), flags, 'target-refuses-writes', NAMES_US);
  });

  test.for([
    ['raises', "CREATE TRIGGER stop BEFORE INSERT ON kg_nodes BEGIN SELECT RAISE(ABORT, 'not here'); END", /not here/],
    [
      'rolls back',
      "CREATE TRIGGER stop BEFORE INSERT ON kg_nodes BEGIN SELECT RAISE(ROLLBACK, 'not here'); END",
      /not here/,
    ],
    ['ignores', 'CREATE TRIGGER stop BEFORE INSERT ON kg_nodes BEGIN SELECT RAISE(IGNORE); END', NAMES_US],
    ['rewrites', "CREATE TRIGGER stop AFTER INSERT ON kg_nodes BEGIN UPDATE kg_nodes SET name = 'x'; END", NAMES_US],
    [
      'forbids updates',
      "CREATE TRIGGER stop BEFORE UPDATE ON kg_nodes BEGIN SELECT RAISE(ABORT, 'append only'); END",
      /append only/,
    ],
  ] as const)('a trigger that %s', async ([, trigger, says]) => {
    await cannotServe(foreignScene(NODES, A_NODE, trigger), flags, 'target-refuses-writes', says);
  });
});

test.for([
  ['a name that is taken by another table', 'CREATE TABLE kg_nodes_by_subtype(a)'],
  ['a reference to a table that is not there', NODES.replace('subtype TEXT', 'subtype TEXT REFERENCES nope(x)')],
] as const)('%s is found by a dry run as by a live one', async ([, sql]) => {
  const scene = foreignScene(sql);
  for (const flags of [['--dry-run'], []]) {
    await cannotServe(scene, flags, 'target-refuses-writes', /refuses our nodes/);
  }
});

test('a trigger that looks rows up is left to the live run', async () => {
  const scene = foreignScene(
    NODES,
    "CREATE TABLE allowed(t); INSERT INTO allowed VALUES ('audit_event')",
    `CREATE TRIGGER stop BEFORE INSERT ON kg_nodes WHEN NOT EXISTS (SELECT 1 FROM allowed WHERE t = new.node_type)
     BEGIN SELECT RAISE(ABORT, 'not allowed'); END`,
  );
  expect((await runCli([...scene.paths, '--dry-run'])).code).toBe(0);
  expect((await runCli(scene.paths)).code).toBe(0);
});

test('a refusal never quotes the SQL of the table', async () => {
  const scene = foreignScene(NODES.replace('node_type TEXT NOT NULL', "node_type TEXT CHECK(node_type in ('x'))"));
  const { stderr } = await runCli(scene.paths);
  expect(stderr).not.toMatch(/in \('x'\)/);
  expect(stderr).toMatch(/^error: .*refuse/);
});

test('a refused target that was absent is not made', async () => {
  const scene = orchardScene();
  await runCli([...scene.paths, '--only', 'nothing']);
  expect(existsSync(scene.target)).toBe(false);
});
