import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { buildNoDatabase, buildScribbledSchema, scribbleRoot } from '../../fixtures/scenarios/broken-files.ts';
import { bigScene } from '../support/big-source.ts';
import { csvCells } from '../support/csv-cells.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { expectFailure, linesOf } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph, graphWith } from '../support/graph-rows.ts';
import { pausedRun } from '../support/paused-run.ts';
import { readEverything } from '../support/read-audit.ts';
import { runCli } from '../support/run-cli.ts';
import { runOnTerminal, runShell } from '../support/run-shell.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

/** A graph with its edges, and where its backup is to be. */
async function written(scene: Scene = orchardScene()): Promise<Scene & { readonly file: string }> {
  expect((await runCli(['run', ...scene.paths, '--edges', '-q'])).code).toBe(0);
  return { ...scene, file: join(scene.folder, 'backup.db') };
}

const KEYS = ['schema', 'target', 'file', 'bytes', 'nodes', 'edges', 'fingerprint', 'seal', 'duration_ms', 'warnings'];

describe('backup', () => {
  test('holds all that the graph holds, and is a graph itself', async () => {
    const { file, target, source } = await written();
    const before = readEverything(target);
    expect(await runCli(['backup', file, '-t', target])).toMatchObject({ code: 0, stderr: '' });
    expect(readEverything(file)).toEqual(before);
    expect(readEverything(target)).toEqual(before);
    expect(isIntact(file)).toBe(true);
    for (const command of [['verify'], ['verify', '--seals'], ['status'], ['run']])
      expect(await runCli([...command, '-s', source, '-t', file, '-q'])).toMatchObject({ code: 0, stderr: '' });
  });

  test("is its owner's alone, and leaves nothing beside it", async () => {
    const { file, target, folder } = await written();
    const before = readdirSync(folder);
    expect((await runShell('umask 000; audit "$@"', ['backup', file, '-t', target])).code).toBe(0);
    expect(readdirSync(folder)).toEqual([...before, 'backup.db'].toSorted());
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });

  test('has what is in the log of the graph, where others have it open, and leaves that as it is', async () => {
    const { file, target } = await written();
    const db = new Database(target);
    db.exec('CREATE TABLE others(a); INSERT INTO others VALUES (1)');
    const log = readFileSync(`${target}-wal`);
    expect((await runCli(['backup', file, '-t', target])).code).toBe(0);
    expect(readEverything(file)).toEqual(readEverything(target));
    expect(readFileSync(`${target}-wal`)).toEqual(log);
    db.close();
  });

  test('can be made while a run is on, and holds what is in by then', async () => {
    const scene = bigScene(400);
    const run = await pausedRun(scene.paths);
    const file = join(scene.folder, 'backup.db');
    expect((await runCli(['backup', file, '-t', scene.target])).code).toBe(0);
    expect(await run.goOn()).toBe(0);
    expect(await runCli(['-s', scene.source, '-t', file, '-q'])).toMatchObject({ code: 0, stderr: '' });
    expect(await runCli(['verify', '-s', scene.source, '-t', file, '-q'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('of a graph that no run of ours has written has no fingerprint', async () => {
    const target = graphWith({ nodes: [{ id: 'a' }], edges: [{ from: 'a', to: 'a' }] }, 'odd');
    const { stdout, code } = await runCli(['backup', `${target}.backup`, '-t', target, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ nodes: 1, edges: 1, fingerprint: null, seal: null });
  });

  test('says what could not be checked, and which rules rows break', async () => {
    const { file, target } = await written();
    const db = new Database(target);
    db.function('theirs', { deterministic: true }, (value) => value);
    db.exec('CREATE TABLE odd(a); CREATE INDEX i ON odd(theirs(a)); INSERT INTO odd VALUES (1)');
    db.exec('CREATE TABLE strict(a     NULL); INSERT INTO strict VALUES (NULL)');
    db.close();
    const bytes = readFileSync(target, 'latin1').replace('strict(a     NULL)', 'strict(a NOT NULL)');
    writeFileSync(target, bytes, 'latin1');
    const { stderr, code, stdout } = await runCli(['backup', file, '-t', target, '--json']);
    expect(code).toBe(0);
    expect(linesOf('warning', stderr)).toEqual([
      expect.stringMatching(/strict/),
      expect.stringMatching(/odd .*functions/),
    ]);
    expect(JSON.parse(stdout).warnings).toHaveLength(2);
  });

  test('takes the place of another one under --force', async () => {
    const { file, target, source } = await written();
    expect((await runCli(['backup', file, '-t', target])).code).toBe(0);
    await runCli(['log', 'LOGIN', '-t', target]);
    const args = ['backup', file, '-t', target];
    await expectFailure(args, { code: 2, error: 'backup-exists', says: file, hint: /--force/ });
    expect((await runCli([...args, '--force'])).code).toBe(0);
    expect(readEverything(file)).toEqual(readEverything(target));
    for (const taken of [target, source]) {
      const link = `${taken}.link`;
      linkSync(taken, link);
      const force = ['backup', link, '-s', source, '-t', target, '--force'];
      await expectFailure(force, { code: 2, error: 'usage', says: /no backup, but in use/ });
    }
  });
});

describe('what backup prints', () => {
  test('a table for people', async () => {
    const { file, target, folder, paths } = await written();
    const { stdout } = await runCli(['backup', file, '-t', target]);
    const seal = JSON.parse((await runCli(['seal', 'show', ...paths, '--json'])).stdout).head;
    const shown = stdout
      .replaceAll(folder, '/folder')
      .replace(seal, '1:abc')
      .replace(/Fingerprint \w+/, 'Fingerprint abc')
      .replace(/\([\d.]+ s\)/, '(0.0 s)')
      .replace(/[\d,]+ bytes/, '1,000 bytes');
    await expect(shown).toMatchFileSnapshot('golden/backup.txt');
    const quiet = await runCli(['backup', `${file}.2`, '-t', target, '--quiet']);
    expect(quiet).toEqual({ code: 0, stderr: '', stdout: `${target} -> ${file}.2: 24 nodes, 32 edges.\n` });
  });

  test('one document under --json, one line of ndjson, two of CSV', async () => {
    const { file, target, paths } = await written();
    const report = JSON.parse((await runCli(['backup', file, '-t', target, '--json'])).stdout);
    expect(Object.keys(report).toSorted()).toEqual(KEYS.toSorted());
    const { head } = JSON.parse((await runCli(['seal', 'show', ...paths, '--json'])).stdout);
    expect(report).toMatchObject({
      ...{ schema: 'audit-extract/backup@1', target: { path: target }, file, nodes: 24, edges: 32, warnings: [] },
      bytes: statSync(file).size,
      seal: head,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const again = (format: string) => runCli(['backup', file, '-t', target, '--force', '--format', format]);
    expect(JSON.parse((await again('ndjson')).stdout)).toMatchObject({
      file,
      nodes: 24,
      fingerprint: report.fingerprint,
    });
    const [columns, row, ...more] = csvCells((await again('csv')).stdout);
    expect(columns).toEqual(['target', 'file', 'bytes', 'nodes', 'edges', 'fingerprint', 'seal', 'duration_ms']);
    expect(row?.slice(0, 2)).toEqual([target, file]);
    expect(more).toEqual([]);
  });

  test('a live line on a terminal, and nothing but the result elsewhere', async () => {
    const { file, target } = await written(bigScene(3000));
    const { stdout, code } = await runOnTerminal('stty cols 100 rows 30; audit "$@"', ['backup', file, '-t', target]);
    expect(code).toBe(0);
    expect(stdout).toContain('checking');
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l'));
  });
});

describe('backup fails, and leaves nothing behind,', () => {
  test('with 2 at what cannot be a backup', async () => {
    const { folder, target } = await written();
    mkdirSync(join(folder, 'made'));
    symlinkSync(target, join(folder, 'link.db'));
    copyFileSync(target, join(folder, 'used.db'));
    writeFileSync(join(folder, 'letter.txt'), 'Dear all,');
    writeFileSync(join(folder, 'used.db-wal'), 'theirs');
    const before = stateOfFolder(folder, ['made']);
    for (const [name, says] of [
      ['', /FILE cannot be ''/],
      ['made', /is not a file/],
      ['none/backup.db', /none of the backup does not exist/],
      ['backup.db ', /white space/],
      ['org.db', /no backup, but in use as target/],
      ['link.db', /no backup, but in use as target/],
      ['org.db-wal', /belongs to a database/],
      ['org.db.audit-lock', /belongs to a database/],
      ['used.db', /is in use/],
      ['letter.txt', /is no backup, and is not replaced/],
    ] as const) {
      await expectFailure(['backup', name, '-t', target, '--force'], { code: 2, error: 'usage', says }, { folder });
    }
    await expectFailure(['backup'], { code: 2, error: 'usage', says: /file/ });
    await expectFailure(['backup', 'a.db', '--forse'], { code: 2, error: 'usage', hint: /--force/ });
    await expectFailure(['backup', 'a.db', '-t', `${target}.gone`], { code: 2, error: 'target-not-found' }, { folder });
    expect(stateOfFolder(folder, ['made'])).toEqual(before);
  });

  test('with 4 of what is no graph, or of a newer program, and with 1 of what is damaged', async () => {
    const { folder, source, target } = await written();
    buildNoDatabase(join(folder, 'diary.db'));
    writeFileSync(join(folder, 'empty.db'), '');
    buildScribbledSchema(join(folder, 'scribbled.db'));
    copyFileSync(target, join(folder, 'newer.db'));
    changeGraph(join(folder, 'newer.db'), "UPDATE audit_meta SET value = '999' WHERE name = 'version'");
    const damaged = join(folder, 'damaged.db');
    copyFileSync(target, damaged);
    scribbleRoot(damaged, 'kg_nodes_by_subtype');
    const before = stateOfFolder(folder);
    const backup = (path: string) => ['backup', join(folder, 'new.db'), '-t', path];
    await expectFailure(backup(join(folder, 'diary.db')), { code: 4, error: 'target-not-a-database' });
    await expectFailure(backup(join(folder, 'empty.db')), { code: 4, error: 'target-schema', says: /has no kg_nodes/ });
    await expectFailure(backup(source), { code: 4, error: 'target-schema', says: /has no kg_nodes/ });
    await expectFailure(backup(join(folder, 'newer.db')), { code: 4, error: 'target-schema', says: /version 999/ });
    await expectFailure(backup(join(folder, 'scribbled.db')), { code: 1, error: 'target-corrupt' });
    await expectFailure(backup(damaged), { code: 1, error: 'target-corrupt', says: /is damaged/, hint: /backup/ });
    expect(stateOfFolder(folder)).toEqual(before);
  });

  test('with 75 where another program keeps the graph for itself', async () => {
    const target = graphWith({ nodes: [{ id: 'a' }] });
    changeGraph(target, 'PRAGMA journal_mode = DELETE');
    const db = new Database(target);
    db.exec('BEGIN EXCLUSIVE');
    const file = `${target}.backup`;
    await expectFailure(['backup', file, '-t', target], { code: 75, error: 'target-locked', together: true });
    db.close();
    expect(existsSync(file)).toBe(false);
  });
});
