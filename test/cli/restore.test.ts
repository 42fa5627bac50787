import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { buildNoDatabase, buildScribbledSchema, scribbleRoot } from '../../fixtures/scenarios/broken-files.ts';
import { appendRows } from '../../fixtures/sessions-db.ts';
import { acquireRunLock } from '../../src/sqlite/target/run-lock.ts';
import { bigScene } from '../support/big-source.ts';
import { csvCells } from '../support/csv-cells.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, graphWith, readValue } from '../support/graph-rows.ts';
import { heavyGraph } from '../support/pair-writer.ts';
import { pausedRun } from '../support/paused-run.ts';
import { readEverything } from '../support/read-audit.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { runOnTerminal } from '../support/run-shell.ts';
import { orchardScene, type Scene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

interface Backed extends Scene {
  readonly file: string;
  /** What restores it. */
  readonly args: readonly string[];
}

/** A graph that has gone on since its backup was made: a later run, and a table of another program. */
async function backed(scene: Scene = orchardScene()): Promise<Backed> {
  const file = join(scene.folder, 'backup.db');
  expect((await runCli(['run', ...scene.paths, '--edges', '-q'])).code).toBe(0);
  expect((await runCli(['backup', file, '-t', scene.target, '-q'])).code).toBe(0);
  appendRows(scene.source, 'tool_analytics', [{ session_id: 'late', tool_name: 'Bash', status: 'error' }]);
  expect((await runCli(['run', ...scene.paths, '--edges', '-q'])).code).toBe(0);
  changeGraph(scene.target, 'CREATE TABLE theirs(a); INSERT INTO theirs VALUES (1), (2), (3)');
  return { ...scene, file, args: ['restore', file, '-t', scene.target] };
}

const keptIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.includes('.before-restore-'))
    .map((name) => join(folder, name));

/** Without the files of SQLite that this test makes where it reads. */
const namesIn = (folder: string): readonly string[] => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));

const KEYS = [
  ...['schema', 'dry_run', 'target', 'file', 'kept', 'nodes', 'edges', 'tables'],
  ...['fingerprint', 'seal', 'duration_ms', 'warnings'],
];

describe('restore', () => {
  test('puts all of a backup in the place of what is there, and keeps that beside it', async () => {
    const { file, target, folder, args } = await backed();
    const others = namesIn(folder);
    const [inBackup, before] = [readEverything(file), readEverything(target)];
    expect(await runCli([...args, '--yes'])).toMatchObject({ code: 0, stderr: '' });
    const [kept = '', ...more] = keptIn(folder);
    expect(namesIn(folder)).toEqual([...others, kept.slice(folder.length + 1)].toSorted());
    expect(more).toEqual([]);
    expect(readEverything(target)).toEqual(inBackup);
    expect(kept).toMatch(/org\.db\.before-restore-\d{8}T\d{9}Z\.db$/);
    expect(readEverything(kept)).toEqual(before);
    expect((statSync(kept).mode & 0o777).toString(8)).toBe('600');
    expect([isIntact(target), isIntact(kept)]).toEqual([true, true]);
  });

  test('leaves a record that is true: the next run reads on, and seals and status are those of the backup', async () => {
    const { target, source, paths, args } = await backed();
    const after = readValue(target, 'SELECT count(*) FROM kg_nodes');
    expect((await runCli([...args, '--yes', '-q'])).code).toBe(0);
    expect(await runCli(['verify', '--seals', ...paths, '-q'])).toMatchObject({ code: 0, stderr: '' });
    const { extractors } = JSON.parse((await runCli(['status', ...paths, '--json'])).stdout);
    expect(extractors).toContainEqual(expect.objectContaining({ extractor: 'tool-errors', behind: 1 }));
    expect(await runCli(['run', '-s', source, '-t', target, '--edges', '-q'])).toMatchObject({ code: 0, stderr: '' });
    expect(readValue(target, 'SELECT count(*) FROM kg_nodes')).toBe(after);
    expect(await runCli(['verify', ...paths, '-q'])).toMatchObject({ code: 0, stderr: '' });
    expect((await runCli([...args, '--yes', '-q'])).code).toBe(0);
  });

  test('what was kept restores as any backup does', async () => {
    const { target, folder, args } = await backed();
    const before = readEverything(target);
    expect((await runCli([...args, '--yes', '-q'])).code).toBe(0);
    const [kept = ''] = keptIn(folder);
    expect((await runCli(['restore', kept, '-t', target, '--yes', '-q'])).code).toBe(0);
    expect(readEverything(target)).toEqual(before);
  });

  test("makes a graph that is not there, or is empty, its owner's alone, and asks for no --yes", async () => {
    const { file, folder } = await backed();
    writeFileSync(join(folder, 'empty.db'), '');
    for (const name of ['new.db', 'empty.db']) {
      const target = join(folder, name);
      const { code, stdout } = await runCli(['restore', file, '-t', target, '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ kept: null, nodes: { before: null, after: 24 } });
      expect(readEverything(target)).toEqual(readEverything(file));
    }
    expect((statSync(join(folder, 'new.db')).mode & 0o777).toString(8)).toBe('600');
    expect(keptIn(folder)).toEqual([]);
  });

  test('goes where a link leads, and leaves the link', async () => {
    const { file, target, folder } = await backed();
    const link = join(folder, 'link.db');
    symlinkSync(target, link);
    expect((await runCli(['restore', file, '-t', link, '--yes', '-q'])).code).toBe(0);
    expect(readEverything(target)).toEqual(readEverything(file));
    expect(readEverything(link)).toEqual(readEverything(file));
  });

  test('of a graph that is damaged within keeps that as it is, too', async () => {
    const { file, target, folder, args } = await backed();
    scribbleRoot(target, 'kg_nodes_by_subtype');
    expect((await runCli([...args, '--yes', '-q'])).code).toBe(0);
    expect(readEverything(target)).toEqual(readEverything(file));
    const [kept = ''] = keptIn(folder);
    expect(isIntact(kept)).toBe(false);
  });

  test.for([
    ['wal', 1024],
    ['wal', 16_384],
    ['delete', 1024],
    ['delete', 16_384],
  ] as const)('into a file in mode %s, of pages of %i bytes, from one of 4,096', async ([mode, size]) => {
    const [file, target] = [graphWith({ nodes: [{ id: 'a' }, { id: 'b' }] }), heavyGraph(mode, 2, size)];
    changeGraph(file, "CREATE TABLE numbered(a); INSERT INTO numbered(rowid, a) VALUES (5, 'five'), (9, 'nine')");
    const open = new Database(target);
    expect(open.prepare('SELECT count(*) FROM kg_nodes').pluck().get()).toBe(2);
    expect(await runCli(['restore', file, '-t', target, '--yes'])).toMatchObject({ code: 0, stderr: '' });
    expect(open.prepare('SELECT group_concat(rowid) FROM numbered').pluck().get()).toBe('5,9');
    open.close();
    expect(isIntact(target)).toBe(true);
    expect(readdirSync(join(target, '..')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('restore asks', () => {
  test('before anything that is there goes, and names what that is', async () => {
    const { folder, target, args } = await backed();
    const before = stateOfFolder(folder);
    const says = /tables of other programs too: nodes 26 -> 24, edges 35 -> 32, theirs 3 -> -$/;
    await expectFailure(args, { code: 2, error: 'usage', says, hint: /--yes/ });
    expect(stateOfFolder(folder)).toEqual(before);
    const tables = Array.from({ length: 9 }, (_, at) => `CREATE TABLE "t${at} ${'x'.repeat(90)}"(a);`);
    changeGraph(target, tables.join(''));
    await expectFailure(args, { code: 2, error: 'usage', says: /t3 .*\.\.\. 0 -> -, 5 more tables$/ });
  });

  test('nothing under --dry-run, which shows it and writes nothing', async () => {
    const { folder, target, args } = await backed();
    const db = new Database(target);
    const before = stateOfFolder(folder);
    const { code, stdout, stderr } = await runCli([...args, '--dry-run', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stateOfFolder(folder)).toEqual(before);
    db.close();
    expect(JSON.parse(stdout)).toMatchObject({ dry_run: true, kept: null, nodes: { before: 26, after: 24 } });
    const gone = join(folder, 'gone.db');
    expect((await runCli(['restore', join(folder, 'backup.db'), '-t', gone, '-n'])).code).toBe(0);
    expect(existsSync(gone)).toBe(false);
    expect(existsSync(`${gone}.audit-lock`)).toBe(false);
  });
});

describe('restore and others at work', () => {
  test('it is refused while a run is on, and waits for it if asked to', async () => {
    const scene = bigScene(400);
    const file = graphWith({ nodes: [{ id: 'only' }] });
    const run = await pausedRun(scene.paths);
    const args = ['restore', file, '-t', scene.target, '--yes'];
    await expectFailure(args, { code: 75, error: 'run-busy', says: /another run/, hint: /--wait/ });
    const waiting = runCli([...args, '--wait', '30', '-q']);
    await setTimeout(1000);
    expect(await run.goOn()).toBe(0);
    expect((await waiting).code).toBe(0);
    expect(readValue(scene.target, 'SELECT count(*) FROM kg_nodes')).toBe(1);
  });

  test('it asks before it replaces what was made while it waited', async () => {
    const folder = tempFolder();
    const [file, target] = [graphWith({ nodes: [{ id: 'only' }] }), join(folder, 'new.db')];
    const lock = await acquireRunLock(target, { waitMs: 0, signal: new AbortController().signal });
    const waiting = runCli(['restore', file, '-t', target, '--wait', '30']);
    await setTimeout(1500);
    graphWith({ nodes: [{ id: 'a' }, { id: 'b' }] }, 'ours', target);
    const before = stateOfFolder(folder, ['new.db.audit-lock']);
    await lock.release();
    expect(await waiting).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/nodes 2 -> 1[\s\S]*--yes/),
    });
    expect(stateOfFolder(folder, ['new.db.audit-lock'])).toEqual(before);
  });

  test('a run is refused while it is on', async () => {
    const { args, paths, target } = await backed();
    const others = new Database(target);
    others.exec('BEGIN IMMEDIATE');
    const restoring = runCli([...args, '--yes', '-q', '--wait', '30']);
    await setTimeout(1000);
    expect((await runCli(['run', ...paths])).code).toBe(75);
    others.close();
    expect((await restoring).code).toBe(0);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it with code %i while it waits, and nothing is changed', async (signal, code) => {
    const { args, target, folder } = await backed();
    const others = new Database(target);
    others.exec('BEGIN IMMEDIATE');
    const child = startCli([...args, '--yes', '--wait', '30']);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await setTimeout(1500);
    child.kill(signal);
    expect(await ended).toBe(code);
    others.close();
    expect(readValue(target, 'SELECT count(*) FROM theirs')).toBe(3);
    expect(keptIn(folder)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('what restore prints', () => {
  test('a table for people', async () => {
    const { args, folder, paths } = await backed();
    const dry = await runCli([...args, '--dry-run']);
    const live = await runCli([...args, '--yes']);
    const seal = JSON.parse((await runCli(['seal', 'show', ...paths, '--json'])).stdout).head;
    const shown = `${dry.stdout}---\n${live.stdout}`
      .replaceAll(folder, '/folder')
      .replaceAll(seal, '1:abc')
      .replace(/restore-\w+/, 'restore-20260102T030405678Z')
      .replace(/\([\d.]+ s\)/, '(0.0 s)');
    await expect(shown).toMatchFileSnapshot('golden/restore.txt');
    expect((await runCli([...args, '--yes', '-q'])).stdout).toMatch(
      /backup\.db -> .*org\.db: what was there is in .*\.db\.\n$/,
    );
  });

  test('one document under --json, a line for each table in ndjson and CSV', async () => {
    const { args, file, target, folder } = await backed();
    const ndjson = await runCli([...args, '-n', '--format', 'ndjson']);
    expect(
      ndjson.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { table: 'kg_edges', before: 35, after: 32 },
      { table: 'kg_nodes', before: 26, after: 24 },
      { table: 'theirs', before: 3, after: null },
    ]);
    const csv = csvCells((await runCli([...args, '-n', '--format', 'csv'])).stdout);
    expect(csv.slice(0, 2)).toEqual([
      ['table', 'before', 'after'],
      ['kg_edges', '35', '32'],
    ]);
    const report = JSON.parse((await runCli([...args, '--yes', '--json'])).stdout);
    expect(Object.keys(report).toSorted()).toEqual(KEYS.toSorted());
    expect(report).toMatchObject({ schema: 'audit-extract/restore@1', dry_run: false, target: { path: target }, file });
    expect([report.kept]).toEqual(keptIn(folder));
  });

  test('a live line on a terminal', async () => {
    const { args } = await backed();
    const { stdout, code } = await runOnTerminal('stty cols 100 rows 30; audit "$@"', [...args, '--yes']);
    expect(code).toBe(0);
    expect(stdout).toContain('checking');
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l'));
  });

  test('names of tables are harmless where they are shown', async () => {
    const { args, target } = await backed();
    changeGraph(target, 'CREATE TABLE "evil\u001b[31m\u202e"(a)');
    for (const format of ['table', 'json', 'ndjson', 'csv']) {
      const { stdout } = await runCli([...args, '-n', '--format', format]);
      expect(stdout).toMatch(/evil/);
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
    }
  });
});

describe('restore fails, and changes nothing,', () => {
  const restore = (file: string, target: string) => ['restore', file, '-t', target, '--yes'];

  test('with 2 at what is no file to restore, and at wrong flags', async () => {
    const { folder, target, file } = await backed();
    mkdirSync(join(folder, 'made'));
    symlinkSync(target, join(folder, 'link.db'));
    const before = stateOfFolder(folder, ['made', 'link.db']);
    for (const [name, error, says] of [
      ['', 'usage', /FILE cannot be ''/],
      ['made', 'usage', /is not a file/],
      ['gone.db', 'backup-not-found', /does not exist/],
      ['link.db', 'usage', /is the target itself/],
    ] as const) {
      await expectFailure(restore(name, target), { code: 2, error, says }, { folder });
    }
    await expectFailure(['restore'], { code: 2, error: 'usage', says: /file/ });
    await expectFailure([...restore(file, target), '--dry-rum'], { code: 2, error: 'usage', hint: /--dry-run/ });
    await expectFailure([...restore(file, target), '--wait', 'x'], { code: 2, error: 'usage', says: /--wait/ });
    await expectFailure(restore(file, join(folder, 'no/org.db')), { code: 2, error: 'target-folder-missing' });
    expect(stateOfFolder(folder, ['made', 'link.db'])).toEqual(before);
  });

  test('with 4 at a file that is no backup, is damaged, cut short, no graph, or of a newer program', async () => {
    const { folder, source, target, file } = await backed();
    const make = (name: string, change: (path: string) => void, from: string | undefined = file): string => {
      const path = join(folder, name);
      if (from !== undefined) copyFileSync(from, path);
      change(path);
      return path;
    };
    const cases = [
      [make('diary.db', buildNoDatabase), 'backup-not-a-database'],
      [make('random.db', (path) => writeFileSync(path, Buffer.alloc(8192, 0xa5))), 'backup-not-a-database'],
      [make('empty.db', (path) => truncateSync(path, 0)), 'backup-schema'],
      [make('short.db', (path) => truncateSync(path, 40_000)), 'backup-corrupt'],
      [make('scribbled.db', buildScribbledSchema), 'backup-corrupt'],
      [make('torn.db', (path) => scribbleRoot(path, 'kg_edges_by_to')), 'backup-corrupt'],
      [make('source.db', () => {}, source), 'backup-schema'],
      [
        make('newer.db', (path) => changeGraph(path, "UPDATE audit_meta SET value = '999' WHERE name = 'version'")),
        'backup-schema',
      ],
    ] as const;
    await runCli(['run', '-s', source, '-t', target, '-q']);
    const before = stateOfFolder(folder);
    for (const [path, error] of cases) {
      await expectFailure(restore(path, target), { code: 4, error, says: path });
      await expectFailure([...restore(path, target), '-n'], { code: 4, error, says: path });
    }
    expect(stateOfFolder(folder)).toEqual(before);
  });

  test('where what is there cannot be written as a database, and says how to restore all the same', async () => {
    const { folder, target, file, args } = await backed();
    truncateSync(target, 40_000);
    await expectFailure([...args, '--yes'], { code: 1, error: 'target-corrupt', hint: /move it away/ });
    buildNoDatabase(join(folder, 'diary.db'));
    const into = restore(file, join(folder, 'diary.db'));
    await expectFailure(into, { code: 4, error: 'target-not-a-database', hint: /move it away/ });
    expect(keptIn(folder)).toEqual([]);
  });

  test('with 4 where the backup has another encoding, on which handles of others would fail', async () => {
    const { target, folder } = await backed();
    const file = join(folder, 'wide.db');
    changeGraph(
      file,
      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type, name, properties)",
    );
    for (const flag of ['--yes', '--dry-run']) {
      const args = ['restore', file, '-t', target, flag];
      await expectFailure(args, { code: 4, error: 'backup-schema', says: /UTF-16le.*UTF-8/, hint: /move it away/ });
    }
    expect((await runCli(['restore', file, '-t', join(folder, 'new.db'), '-q'])).code).toBe(0);
  });

  test('with 4 where no lock can be made beside the target', async () => {
    const { target, args } = await backed();
    expect(linesOf('error', (await runCli([...args, '--yes'])).stderr)).toEqual([]);
    const elsewhere = join(target, '..', 'locked.db');
    copyFileSync(target, elsewhere);
    mkdirSync(`${elsewhere}.audit-lock`);
    await expectFailure(restore(args[1] ?? '', elsewhere), { code: 4, error: 'target-refuses-writes', says: /lock/ });
  });
});
