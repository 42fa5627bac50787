import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectFailure, expectPlainMessages, expectSameErrors } from '../support/expect-failure.ts';
import { readContent, readNodes } from '../support/read-graph.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { orchardScene, type Scene } from '../support/scene.ts';

/** Takes a lock that stands until the test ends. */
function lock(path: string, statement: string): void {
  const db = new Database(path);
  onTestFinished(() => void db.close());
  db.exec(statement);
}

async function writtenScene(): Promise<Scene> {
  const scene = orchardScene();
  expect((await runCli([...scene.paths, '--only', 'tool-errors'])).code).toBe(0);
  return scene;
}

describe('busy is exit code 75', () => {
  /** At the same time, because each waits for its lock as long as the program does; two runs on one target would not. */
  test('the target is locked by a writer, or the source exclusively', async () => {
    const [wal, journal, source] = [await writtenScene(), await writtenScene(), await writtenScene()];
    lock(wal.target, 'PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
    lock(journal.target, 'PRAGMA journal_mode = DELETE; BEGIN IMMEDIATE');
    lock(source.source, 'BEGIN EXCLUSIVE');
    const targets = [wal, journal, source].map(({ target }) => target);
    const before = targets.map(readNodes);
    const busyTarget = { code: 75, error: 'target-locked', says: /target .*org\.db .*locked/, hint: /again/ } as const;
    const busySource = { code: 75, error: 'source-locked', says: /source .*sessions\.db .*locked/ } as const;
    await Promise.all([
      expectFailure(wal.paths, busyTarget),
      expectFailure(journal.paths, busyTarget),
      expectFailure(source.paths, { ...busySource, together: true }),
    ]);
    expect(targets.map(readNodes)).toEqual(before);
  });

  test('the target is taken in the middle of a run: whole batches are in, and the report is whole', async () => {
    const { paths, target } = bigScene(4000);
    const child = startCli([...paths, '--format', 'ndjson', '--batch-size', '5']);
    const [stdout, stderr]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (part: string) => void stdout.push(part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    lock(target, 'BEGIN IMMEDIATE');
    const code = await new Promise((resolve) => child.once('close', resolve));
    const messages = stderr.join('');
    expect(code).toBe(75);
    expectPlainMessages({ stderr: messages });
    const lines = stdout
      .join('')
      .trimEnd()
      .split('\n')
      .map((line): { report?: unknown } => JSON.parse(line));
    expectSameErrors({ stdout: JSON.stringify(lines.at(-1)?.report), stderr: messages, code: 75 }, ['target-locked']);
    expect(readNodes(target)).toHaveLength(lines.length - 1);
  });
});

describe('others at work that need not stop a run', () => {
  test('a reader of the target', async () => {
    const scene = await writtenScene();
    lock(scene.target, 'BEGIN; SELECT count(*) FROM kg_nodes');
    expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
  });

  test('a writer of the target, for a dry run', async () => {
    const scene = await writtenScene();
    lock(scene.target, 'BEGIN IMMEDIATE');
    expect(await runCli([...scene.paths, '--dry-run'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('a writer of the source', async () => {
    const scene = orchardScene();
    lock(
      scene.source,
      "PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; INSERT INTO system_events(content) VALUES ('later')",
    );
    expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
    expect(readNodes(scene.target)).toHaveLength(11);
  });

  test('a lock on the target that goes away in time', async () => {
    const scene = await writtenScene();
    const db = new Database(scene.target);
    db.exec('BEGIN IMMEDIATE');
    setTimeout(() => void db.close(), 1500);
    expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
    expect(readNodes(scene.target)).toHaveLength(11);
  });

  test('first runs that make the same target at the same time', async () => {
    for (let round = 0; round < 3; round++) {
      const { paths, target } = orchardScene();
      const runs = await Promise.all([1, 2, 3, 4].map(() => runCli([...paths, '--wait', '30'])));
      expect(runs.map(({ stderr }) => stderr)).toEqual(['', '', '', '']);
      expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      expect(readNodes(target)).toHaveLength(11);
    }
  });

  test('another run: both end well or say busy, and the nodes are those of one run', async () => {
    const [scene, alone] = [bigScene(2000), bigScene(2000)];
    await runCli([...scene.paths, '--only', 'tool-errors']);
    const runs = await Promise.all([1, 2].map(() => runCli([...scene.paths, '--batch-size', '20'])));
    for (const { code, stderr } of runs) {
      expect(stderr).toMatch(/^$|^error: another run is writing to target /);
      expect([0, 75]).toContain(code);
    }
    await runCli(alone.paths);
    await runCli(scene.paths);
    expect(readContent(scene.target)).toEqual(readContent(alone.target));
  });
});
