import { copyFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  buildNoDatabase,
  buildScribbledSchema,
  buildTruncated,
  scribbleRoot,
} from '../../fixtures/scenarios/broken-files.ts';
import { appendRows } from '../../fixtures/sessions-db.ts';
import { bigScene } from '../support/big-source.ts';
import { csvCells } from '../support/csv-cells.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, graphWith } from '../support/graph-rows.ts';
import { pausedRun } from '../support/paused-run.ts';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly what: string;
  readonly todo: string | null;
}

async function written(scene: Scene = orchardScene(), ...flags: readonly string[]): Promise<Scene> {
  expect((await runCli(['run', ...scene.paths, '-q', ...flags])).code).toBe(0);
  return scene;
}

async function examine(args: readonly string[], options?: CliOptions) {
  const { code, stdout, stderr } = await runCli(['doctor', ...args, '--json'], options);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout);
  const findings: readonly Finding[] = report.findings;
  expect(code).toBe(findings.some(({ status }) => status === 'error') ? 4 : 0);
  expect(report.able).toBe(code === 0);
  return { code, report, findings };
}

/** What it finds that is not as it should be. */
async function troubles(args: readonly string[], options?: CliOptions) {
  const { findings } = await examine(args, options);
  return findings
    .filter(({ status, check }) => status !== 'ok' && check !== 'target-disk')
    .map(({ check, status, what, todo }) => [status, check, what, todo]);
}

const some = (text: string | RegExp) => expect.stringMatching(text);

describe('doctor', () => {
  test('of two healthy files says so, exits with 0, and writes nothing', async () => {
    const { paths, folder } = await written(orchardScene(), '--edges');
    const before = stateOfFolder(folder);
    expect(await troubles(paths)).toEqual([]);
    expect(await troubles([...paths, '--deep'])).toEqual([]);
    expect(stateOfFolder(folder)).toEqual(before);
  });

  test('tells the versions, and each setting with where it came from', async () => {
    const { source, target, folder } = orchardScene();
    const config = join(folder, 'config.json');
    const secretPatterns = [{ name: 'badge', pattern: 'B-[0-9]+' }];
    writeFileSync(config, JSON.stringify({ target: 'org.db', batchSize: 7, edges: true, secretPatterns }));
    const env = { AUDIT_EXTRACT_SOURCE: source, AUDIT_EXTRACT_WAIT: '9', AUDIT_EXTRACT_EDGES: 'false' };
    const { report } = await examine(['--config', config, '--json'], { env });
    expect(report).toMatchObject({ node: process.versions.node, sqlite: some(/^3\.\d+\.\d+$/), program: some(/^\d/) });
    expect(report).toMatchObject({ source: { path: source }, target: { path: target } });
    expect(report.settings).toEqual([
      { name: 'source', value: source, from: 'AUDIT_EXTRACT_SOURCE' },
      { name: 'target', value: target, from: `target in ${config}` },
      { name: 'format', value: 'json', from: '--format' },
      { name: 'errorStatus', value: 'error', from: 'default' },
      { name: 'batchSize', value: '7', from: `batchSize in ${config}` },
      { name: 'wait', value: '9', from: 'AUDIT_EXTRACT_WAIT' },
      { name: 'redact', value: 'true', from: 'default' },
      { name: 'edges', value: 'false', from: 'AUDIT_EXTRACT_EDGES' },
      { name: 'secretPatterns', value: 'patterns of your own', from: `secretPatterns in ${config}` },
    ]);
  });

  test('goes on without settings that cannot be, and names them', async () => {
    const { paths, folder } = await written();
    const settings = (what: RegExp) => [['error', 'settings', some(what), expect.any(String)]];
    expect(await troubles(paths, { env: { AUDIT_EXTRACT_BATCH_SIZE: 'many' } })).toEqual(
      settings(/BATCH_SIZE .*'many'/),
    );
    writeFileSync(join(folder, 'bad.json'), '{');
    expect(await troubles([...paths, '--config', join(folder, 'bad.json')])).toEqual(
      settings(/bad\.json cannot be used/),
    );
    expect(await troubles(paths, { env: { AUDIT_EXTRACT_EXTRACTOR: './gone.js' } })).toEqual(settings(/gone\.js/));
    expect(await troubles([])).toEqual(settings(/there is no .* to find sessions\.db and org\.db in/));
  });

  test('finds what no run has read yet, and events without edges', async () => {
    const scene = await written(orchardScene(), '--edges');
    await written(scene);
    appendRows(scene.source, 'tool_analytics', [{ status: 'success' }, { status: 'error', session_id: 's' }]);
    expect(await troubles(scene.paths)).toEqual([['advice', 'behind', 'tool-errors by 2 row ids', some(/run/)]]);
    await written(scene);
    expect(await troubles(scene.paths)).toEqual([['advice', 'edges', some(/without edges/), some(/link/)]]);
    expect(await troubles(['-t', scene.target])).toEqual([['advice', 'edges', some(/without edges/), some(/link/)]]);
  });

  test('finds a run that is on and, on Linux, its process, and one that was killed', async () => {
    const scene = bigScene(400);
    const run = await pausedRun(scene.paths);
    const { findings } = await examine(scene.paths);
    const who = process.platform === 'linux' ? /^a run is on, process \d+$/ : /^a run is on/;
    expect(findings).toContainEqual(expect.objectContaining({ check: 'run-lock', status: 'ok', what: some(who) }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'last-run', status: 'ok', what: some(/is on$/) }));
    await run.kill();
    const after = await troubles(scene.paths);
    expect(after).toContainEqual(['warning', 'last-run', some(/was ended before it was done/), some(/goes on/)]);
  });

  test('finds a log that nobody empties', async () => {
    const { target } = await written();
    const reader = new Database(target);
    onTestFinished(() => void reader.close());
    reader.exec('BEGIN; SELECT count(*) FROM kg_nodes');
    reader.prepare('SELECT count(*) FROM kg_nodes').get();
    changeGraph(target, 'CREATE TABLE theirs(a); INSERT INTO theirs VALUES (randomblob(70000000))');
    expect(await troubles(['-t', target])).toEqual([
      ['warning', 'target-log', some(/WAL has grown to \d+\.\d MiB/), some(/read open/)],
    ]);
  });

  test('finds room within a file, and checks one that is large when asked to', async () => {
    const { target } = await written();
    changeGraph(
      target,
      `CREATE TABLE theirs(a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
      INSERT INTO theirs SELECT zeroblob(1000000) FROM n; PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM theirs`,
    );
    expect(await troubles(['-t', target])).toEqual([
      ['advice', 'target-room', some(/free within the file/), some(/VACUUM/)],
    ]);
    const { findings } = await examine(['-t', target]);
    const integrity = { check: 'target-integrity', status: 'ok' };
    expect(findings).toContainEqual({ ...integrity, what: some(/too large/), todo: some(/--deep/) });
    const deep = await examine(['-t', target, '--deep']);
    expect(deep.findings).toContainEqual({ ...integrity, what: some(/every page/), todo: null });
  });
});

describe('doctor of a target', () => {
  test('that is not there yet is advice; that cannot be made is an error', async () => {
    const { source, target, folder } = orchardScene();
    expect(await troubles(['-s', source, '-t', target])).toEqual([
      ['advice', 'target-file', some(/not there yet/), some(/run/)],
    ]);
    writeFileSync(target, '');
    expect(await troubles(['-s', source, '-t', target])).toEqual([
      ['advice', 'target-file', some(/not there yet/), some(/run/)],
    ]);
    const [none, made] = [join(folder, 'no/org.db'), join(folder, 'made')];
    mkdirSync(made);
    expect(await troubles(['-t', none])).toEqual([['error', 'target-file', some(/does not exist/), some(/mkdir/)]]);
    expect(await troubles(['-t', made])).toEqual([['error', 'target-file', some(/is not a file/), expect.any(String)]]);
    expect(await troubles(['-t', 'https://a:secret@host/db'])).toEqual([
      ['error', 'target-file', some(/is a URL/), expect.any(String)],
    ]);
    const { stdout } = await runCli(['doctor', '-t', 'https://a:secret@host/db']);
    expect(stdout).not.toContain('secret');
  });

  test('that is no database, or damaged, is an error', async () => {
    const { folder, target } = await written();
    const make = (name: string, change: (path: string) => void): readonly string[] => {
      const path = join(folder, name);
      copyFileSync(target, path);
      change(path);
      return ['-t', path];
    };
    const cases = [
      [make('diary.db', buildNoDatabase), 'target-file', /is not a SQLite database/],
      [make('short.db', (path) => truncateSync(path, 40_000)), 'target-file', /is damaged/],
      [make('schema.db', buildScribbledSchema), 'target-file', /is damaged/],
      [make('index.db', (path) => scribbleRoot(path, 'kg_nodes_by_subtype')), 'target-integrity', /^damaged: /],
      [
        make('newer.db', (path) => changeGraph(path, "UPDATE audit_meta SET value = 999 WHERE name = 'version'")),
        'target-tables',
        /version/,
      ],
      [
        make('lost.db', (path) => changeGraph(path, 'DROP TABLE kg_edges; DROP TABLE kg_nodes')),
        'target-tables',
        /is gone/,
      ],
      [
        make('bare.db', (path) => changeGraph(path, 'ALTER TABLE kg_nodes DROP COLUMN name')),
        'target-tables',
        /no column name/,
      ],
    ] as const;
    for (const [args, check, what] of cases)
      expect(await troubles(args)).toEqual([['error', check, some(what), expect.any(String)]]);
  });

  test('that others have made lacks a record, and maybe indexes, which are advised and never made', async () => {
    const target = graphWith({ nodes: [{ id: 'a' }] }, 'bare');
    expect(await troubles(['-t', target])).toEqual([
      ['advice', 'target-tables', some(/no run has written yet/), some(/run/)],
      ...['kg_nodes .* node_type', 'kg_edges .* from_node', 'kg_edges .* to_node'].map((what) => [
        ...['advice', 'target-indexes', some(what), some(/owner/)],
      ]),
    ]);
    expect(await troubles(['-t', graphWith({ nodes: [{ id: 'a' }] })])).toHaveLength(1);
    const ours = await written();
    changeGraph(ours.target, 'DROP INDEX audit_entries_by_time; DROP INDEX kg_edges_by_to');
    expect(await troubles(ours.paths)).toEqual([
      ['advice', 'target-indexes', some(/kg_edges .* to_node/), some(/owner/)],
      ['advice', 'target-indexes', some(/audit_entries .* audit_entries_by_time/), some(/owner/)],
    ]);
  });

  test('that another program keeps locked is a warning', async () => {
    const { paths, target } = await written();
    changeGraph(target, 'PRAGMA journal_mode = DELETE');
    const db = new Database(target);
    db.exec('BEGIN EXCLUSIVE');
    expect(await troubles(paths)).toEqual([['warning', 'target-file', some(/stayed locked/), some(/again/)]]);
    db.close();
  });
});

describe('doctor of a source', () => {
  test('that is not there, no database, damaged or empty is an error, and the target is looked at all the same', async () => {
    const { folder, target } = await written();
    const at = (name: string, make: (path: string) => void): string => {
      const path = join(folder, name);
      make(path);
      return path;
    };
    const cases = [
      [join(folder, 'gone.db'), 'source-file', /does not exist/],
      [at('folder', mkdirSync), 'source-file', /is not a file/],
      [at('diary.db', buildNoDatabase), 'source-file', /is not a SQLite database/],
      [at('short.db', buildTruncated), 'source-file', /is damaged/],
      [at('empty.db', (path) => writeFileSync(path, '')), 'source-tables', /none of the tables/],
    ] as const;
    for (const [source, check, what] of cases) {
      expect(await troubles(['-s', source, '-t', target])).toEqual([['error', check, some(what), expect.any(String)]]);
      const { findings } = await examine(['-s', source, '-t', target]);
      expect(findings.map((finding) => finding.check)).toEqual(
        expect.arrayContaining(['last-run', 'target-integrity']),
      );
    }
  });

  test('that lacks a table, a column or an index', async () => {
    const { paths, source } = await written();
    changeGraph(
      source,
      `DROP TABLE task_tracking; ALTER TABLE tool_analytics DROP COLUMN agent_name;
       DROP TABLE IF EXISTS entries; CREATE TABLE entries(id, session_id, timestamp)`,
    );
    expect(await troubles(paths)).toEqual([
      ['warning', 'source-tables', some(/tool_analytics has no column agent_name/), some(/--skip tool-errors/)],
      ['advice', 'source-indexes', some(/entries has no unique id/), some(/never writes/)],
      ['advice', 'source-tables', some(/no task_tracking/), some(/--skip task-completions/)],
    ]);
  });

  test('that another program keeps locked is a warning', async () => {
    const { paths, source } = await written();
    const db = new Database(source);
    db.exec('BEGIN EXCLUSIVE');
    expect(await troubles(paths)).toContainEqual(['warning', 'source-file', some(/stayed locked/), some(/again/)]);
    db.close();
  });
});

describe('what doctor prints', () => {
  const plain = (text: string, folder: string) =>
    text
      .replaceAll(folder, '/folder')
      .replaceAll(/audit-extract .*, Node .*, SQLite .*/g, 'audit-extract 1.2.3, Node 4.5.6, SQLite 7.8.9')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-01-02T03:04:05.678Z')
      .replaceAll(/\d+(\.\d)? [KM]iB/g, '1.0 MiB');

  test('a table for people, and under --quiet what is to be looked after alone', async () => {
    const { paths, folder, source } = await written();
    changeGraph(source, 'DROP TABLE task_tracking');
    const healthy = await runCli(['doctor', ...paths]);
    const broken = await runCli(['doctor', '-s', `${source}.gone`, ...paths.slice(2)]);
    await expect(plain(`${healthy.stdout}---\n${broken.stdout}`, folder)).toMatchFileSnapshot('golden/doctor.txt');
    expect(await runCli(['doctor', ...paths, '-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await runCli(['doctor', '-s', `${source}.gone`, ...paths.slice(2), '-q'])).stdout).toMatch(
      /^error {4}source-file {2}.*\n +-> .*\n$/,
    );
  });

  test('one document under --json, a line for each finding in ndjson and CSV', async () => {
    const { paths } = await written();
    const { report, findings } = await examine(paths);
    const keys = ['schema', 'able', 'program', 'node', 'sqlite', 'source', 'target', 'settings', 'findings'];
    expect(Object.keys(report)).toEqual(keys);
    const rows = (await runCli(['doctor', ...paths, '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row).check)).toEqual(findings.map(({ check }) => check));
    const csv = csvCells((await runCli(['doctor', ...paths, '--format', 'csv'])).stdout);
    expect(csv[0]).toEqual(['check', 'status', 'what', 'todo']);
    expect(csv).toHaveLength(findings.length + 1);
  });

  test('nothing that does harm, whatever the files are called', async () => {
    const folder = join(tempFolder(), 'evil\u001b[31m\u202e');
    mkdirSync(folder);
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout, code } = await runCli(['doctor', '-t', 'org.db', '-s', 'gone.db', '--format', format], {
        folder,
      });
      expect(code).toBe(4);
      expect(stdout).toMatch(/evil/);
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
    }
  });

  test('an error with 2 at wrong flags', async () => {
    await expectFailure(['doctor', '--deap'], { code: 2, error: 'usage', hint: /--deep/ });
    await expectFailure(['doctor', '-s', 'sessions.db'], { code: 2, error: 'usage', hint: /--target/ });
    expect(await runCli(['doctor', '--format', 'xml'])).toMatchObject({
      code: 2,
      stderr: some(/table, json, ndjson, csv/),
    });
  });
});
