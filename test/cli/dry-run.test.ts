import { copyFileSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stateOfFolder } from '../support/file-state.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { runCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A dry run says that so many nodes would change; the folder's files, their bytes and their times are as before. */
async function writesNothing(
  scene: Scene,
  { inserted, updated = 0, flags = [] }: { inserted: number; updated?: number; flags?: readonly string[] },
  skip: readonly string[] = [],
) {
  const times = () =>
    [scene.source, scene.target].map((path) => (existsSync(path) ? statSync(path).mtimeMs : undefined));
  const before = [stateOfFolder(scene.folder, skip), times()];
  for (const format of ['json', 'ndjson', 'table']) {
    const { code, stdout, stderr } = await runCli([...scene.paths, ...flags, '--dry-run', '--format', format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    if (format === 'json') expect(JSON.parse(stdout)).toMatchObject({ dry_run: true, totals: { inserted, updated } });
    if (format === 'ndjson') expect(stdout.split('\n')).toHaveLength(inserted + updated + 2);
    expect([stateOfFolder(scene.folder, skip), times()]).toEqual(before);
  }
}

/** A target with the five tool errors in it. */
async function startedScene(journalMode?: 'DELETE' | 'WAL'): Promise<Scene> {
  const scene = orchardScene();
  await runCli([...scene.paths, '--only', 'tool-errors']);
  if (journalMode) changeGraph(scene.target, `PRAGMA journal_mode = ${journalMode}`);
  return scene;
}

describe('a dry run writes nothing at all', () => {
  test('where there is no target', () => writesNothing(orchardScene(), { inserted: 11 }));

  test('into an empty file', () => {
    const scene = orchardScene();
    writeFileSync(scene.target, '');
    return writesNothing(scene, { inserted: 11 });
  });

  test('into a database of others without kg_nodes', () => {
    const scene = orchardScene();
    changeGraph(scene.target, 'CREATE TABLE recipes(name)');
    return writesNothing(scene, { inserted: 11 });
  });

  test.for(['DELETE', 'WAL'] as const)('into a graph with journal mode %s', async (mode) => {
    await writesNothing(await startedScene(mode), { inserted: 6 });
  });

  test('where nodes would be updated', async () => {
    const scene = await startedScene();
    changeGraph(scene.source, "UPDATE tool_analytics SET created_at = '2020-01-01' WHERE id = 5");
    await writesNothing(scene, { inserted: 6, updated: 1, flags: ['--full'] });
  });

  test("beside another connection's live WAL, whose nodes it sees", async () => {
    const scene = await startedScene('WAL');
    const db = new Database(scene.target);
    onTestFinished(() => void db.close());
    db.exec("PRAGMA wal_autocheckpoint = 0; DELETE FROM kg_nodes WHERE id LIKE '%Edit%'");
    expect(Object.keys(stateOfFolder(scene.folder))).toContain('org.db-wal');
    await writesNothing(scene, { inserted: 7, flags: ['--full'] }, ['org.db-shm']);
  });

  test('beside the WAL of a program that was killed, whose nodes it sees', async () => {
    const scene = await startedScene('WAL');
    const db = new Database(scene.target);
    db.exec("PRAGMA wal_autocheckpoint = 0; DELETE FROM kg_nodes WHERE id LIKE '%Edit%'");
    const killed = { ...scene, folder: join(scene.folder, 'killed') };
    mkdirSync(killed.folder);
    for (const name of ['sessions.db', 'org.db', 'org.db-wal'])
      copyFileSync(join(scene.folder, name), join(killed.folder, name));
    db.close();
    const [source, target] = [join(killed.folder, 'sessions.db'), join(killed.folder, 'org.db')];
    const paths = ['-s', source, '-t', target];
    await writesNothing({ ...killed, source, target, paths }, { inserted: 7, flags: ['--full'] });
  });

  test('to a WAL target behind a link', async () => {
    const scene = await startedScene('WAL');
    const folder = tempFolder();
    symlinkSync(scene.target, join(folder, 'link.db'));
    const before = stateOfFolder(scene.folder);
    expect((await runCli(['-s', scene.source, '-t', join(folder, 'link.db'), '--dry-run'])).code).toBe(0);
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });

  test('while another connection is in the middle of a write', async () => {
    const scene = await startedScene('WAL');
    const db = new Database(scene.target);
    onTestFinished(() => void db.close());
    db.exec('PRAGMA wal_autocheckpoint = 0; BEGIN IMMEDIATE; DELETE FROM kg_nodes');
    await writesNothing(scene, { inserted: 6 }, ['org.db-shm', 'org.db-wal']);
  });

  test('to a source with journal mode WAL but its own -wal and -shm', async () => {
    const scene = await startedScene();
    changeGraph(scene.source, 'PRAGMA journal_mode = WAL');
    const before = stateOfFolder(scene.folder);
    await runCli([...scene.paths, '--dry-run']);
    const { 'sessions.db-wal': _wal, 'sessions.db-shm': _shm, ...after } = stateOfFolder(scene.folder);
    expect(after).toEqual(before);
  });
});

describe('a dry run reports what a run would do', () => {
  test.for(['[]', 'DROP TABLE task_tracking', 'ALTER TABLE system_events DROP COLUMN level'])('%s', async (sql) => {
    const scene = await startedScene();
    if (sql !== '[]') changeGraph(scene.source, sql);
    const outcome = async (...flags: string[]) => {
      const { code, stdout, stderr } = await runCli([...scene.paths, '--json', ...flags]);
      const { totals, extractors } = JSON.parse(stdout);
      return { code, stderr, totals, extractors };
    };
    const dry = await outcome('--dry-run');
    expect(await outcome()).toEqual(dry);
  });
});
