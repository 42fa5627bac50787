import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectFailure, expectPlainMessages, expectSameErrors } from '../support/expect-failure.ts';
import { stateOfFolder } from '../support/file-state.ts';
import { pausedRun } from '../support/paused-run.ts';
import { readNodes } from '../support/read-graph.ts';
import { type CliResult, runCli, startCli } from '../support/run-cli.ts';
import { orchardScene } from '../support/scene.ts';
import { tempFolder } from '../support/temp-folder.ts';

const BUSY = { code: 75, error: 'run-busy', together: true } as const;

/** Takes a target's lock as a run would; it stands until the test ends, or is let go. */
function hold(target: string): Database.Database {
  const db = new Database(`${target}.audit-lock`);
  onTestFinished(() => void db.close());
  db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  return db;
}

/** Makes a graph one that has all to be written again. */
function clear(target: string): void {
  const db = new Database(target);
  db.exec('DELETE FROM kg_nodes');
  db.close();
}

async function timed(run: Promise<CliResult>): Promise<CliResult & { readonly ms: number }> {
  const started = performance.now();
  const result = await run;
  return { ...result, ms: performance.now() - started };
}

describe('while a run is at work on a target', () => {
  test('another one ends with exit code 75, and changes nothing', async () => {
    const scene = bigScene(400);
    const first = await pausedRun(scene.paths);
    const before = readNodes(scene.target);
    const says = `another run is writing to target ${scene.target}`;
    await expectFailure(scene.paths, { ...BUSY, says, hint: /--wait SECONDS/ });
    expect(readNodes(scene.target)).toEqual(before);
    expect(await first.goOn()).toBe(0);
    expect(readNodes(scene.target)).toHaveLength(400 + 200 + 100);
    expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
  });

  test('another one with --wait goes on when the first is done', async () => {
    const scene = bigScene(400);
    const first = await pausedRun(scene.paths);
    const second = runCli([...scene.paths, '--json', '--full', '--wait', '30']);
    await setTimeout(1000);
    expect(await first.goOn()).toBe(0);
    const { code, stderr, stdout } = await second;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).totals).toMatchObject({ inserted: 0, updated: 0, unchanged: 700 });
  });

  test('SIGKILL frees the target at once, for one that waits and for the next', async () => {
    const scene = bigScene(400);
    const first = await pausedRun(scene.paths);
    const waiting = runCli([...scene.paths, '--wait', '30']);
    await setTimeout(1000);
    expect(await first.kill()).toBe('SIGKILL');
    const { code, stderr, ms } = await timed(waiting);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(ms).toBeLessThan(10_000);
    clear(scene.target);
    const second = await pausedRun(scene.paths);
    expect(await second.kill()).toBe('SIGKILL');
    expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
  });

  test('a dry run works, and leaves no file', async () => {
    const scene = orchardScene();
    hold(scene.target);
    const before = stateOfFolder(scene.folder);
    expect(await runCli([...scene.paths, '--dry-run'])).toMatchObject({ code: 0, stderr: '' });
    expect(stateOfFolder(scene.folder)).toEqual(before);
  });
});

describe('a run that waits', () => {
  test('ends with exit code 75 when its time is over', async () => {
    const scene = orchardScene();
    hold(scene.target);
    const { code, ms, stdout } = await timed(runCli([...scene.paths, '--json', '--wait', '1.5']));
    expect(code).toBe(75);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'audit-extract/error@1', error: { code: 'run-busy' } });
    expect(ms).toBeGreaterThan(1500);
    expect(ms).toBeLessThan(5000);
    expect(existsSync(scene.target)).toBe(false);
  });

  test.for([
    ['SIGINT', 130, 'interrupted-sigint'],
    ['SIGTERM', 143, 'interrupted-sigterm'],
  ] as const)('ends promptly on %s', async ([signal, code, error]) => {
    const scene = orchardScene();
    hold(scene.target);
    const child = startCli([...scene.paths, '--json', '--wait', '60']);
    const [stdout, stderr]: [string[], string[]] = [[], []];
    child.stdout.setEncoding('utf8').on('data', (part: string) => void stdout.push(part));
    child.stderr.setEncoding('utf8').on('data', (part: string) => void stderr.push(part));
    await setTimeout(1500);
    const sent = performance.now();
    child.kill(signal);
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(code);
    expect(performance.now() - sent).toBeLessThan(1000);
    const result = { stdout: stdout.join(''), stderr: stderr.join(''), code };
    expectPlainMessages(result);
    expectSameErrors(result, [error]);
    expect(existsSync(scene.target)).toBe(false);
  });

  test('takes the time from a variable, too', async () => {
    const scene = orchardScene();
    const db = hold(scene.target);
    const run = runCli(scene.paths, { env: { AUDIT_EXTRACT_WAIT: '30' } });
    await setTimeout(1000);
    db.close();
    expect(await run).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('one file has one lock, by whatever name it is called', () => {
  test.for([
    ['a link to it', 'org.db', 'link.db', 'link.db'],
    ['a link to its folder', '.', 'folder', 'folder/org.db'],
    ['a link to a link', 'sub/inner.db', 'link.db', 'link.db'],
  ] as const)('%s, whether it is there or not', async ([, to, link, name]) => {
    const scene = orchardScene();
    mkdirSync(join(scene.folder, 'sub'));
    symlinkSync('../org.db', join(scene.folder, 'sub', 'inner.db'));
    const elsewhere = tempFolder();
    symlinkSync(join(scene.folder, to), join(elsewhere, link));
    const args = ['-s', scene.source, '-t', join(elsewhere, name)];
    const db = hold(scene.target);
    await expectFailure(args, BUSY);
    db.close();
    expect((await runCli(args)).code).toBe(0);
    expect(readNodes(scene.target)).toHaveLength(11);
    hold(scene.target);
    await expectFailure(args, BUSY);
    expect(readdirSync(elsewhere)).toEqual([link]);
    expect(readdirSync(scene.folder).filter((file) => file.endsWith('lock'))).toEqual(['org.db.audit-lock']);
  });

  test('a link up from the place that a folder links to', async () => {
    const scene = orchardScene();
    mkdirSync(join(scene.folder, 'sub'));
    const elsewhere = tempFolder();
    symlinkSync(join(scene.folder, 'sub'), join(elsewhere, 'sub'));
    symlinkSync('sub/../org.db', join(elsewhere, 'link.db'));
    hold(scene.target);
    await expectFailure(['-s', scene.source, '-t', join(elsewhere, 'link.db')], BUSY);
  });
});

describe('the lock file', () => {
  test("is empty, its owner's alone, and stays", async () => {
    const { paths, target } = orchardScene();
    await runCli(paths);
    const { size, mode } = statSync(`${target}.audit-lock`);
    expect([size, (mode & 0o777).toString(8)]).toEqual([0, '600']);
  });

  test('that cannot be used is named, and no target is made', async () => {
    const scene = orchardScene();
    mkdirSync(`${scene.target}.audit-lock`);
    const says = new RegExp(`lock file ${scene.target}\\.audit-lock of the target cannot be used: `);
    await expectFailure(scene.paths, { code: 4, error: 'target-refuses-writes', says, hint: /writable/ });
    expect(existsSync(scene.target)).toBe(false);
  });

  test.for(['loop.db', 'nowhere.db'])('has no place beside a link that leads nowhere, %s', async (name) => {
    const scene = orchardScene();
    symlinkSync('loop.db', join(scene.folder, 'loop.db'));
    symlinkSync('missing/org.db', join(scene.folder, 'nowhere.db'));
    const args = ['-s', scene.source, '-t', join(scene.folder, name)];
    await expectFailure(args, { code: 4, error: 'target-refuses-writes', says: /lock file .*cannot be used: / });
  });
});

test('of runs that begin at the same time at least one does the work', async () => {
  for (let round = 0; round < 3; round++) {
    const { paths, target } = orchardScene();
    const runs = await Promise.all([1, 2, 3, 4].map(() => runCli(paths)));
    const codes = new Set(runs.map(({ code }) => code));
    expect(codes).toContain(0);
    expect([...codes].filter((code) => code !== 0 && code !== 75)).toEqual([]);
    expect(readNodes(target)).toHaveLength(11);
  }
});
