import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { bigScene, growBy } from '../support/big-source.ts';
import { expectCleanGraph, isIntact } from '../support/expect-clean-graph.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { pausedRun } from '../support/paused-run.ts';
import { runCli } from '../support/run-cli.ts';

describe('a source that moves while it is read', () => {
  it.for([
    ['grows', (source: string) => growBy(source, 500)],
    ['is vacuumed', (source: string) => changeGraph(source, 'VACUUM')],
    ['is switched to WAL', (source: string) => changeGraph(source, 'PRAGMA journal_mode = WAL')],
    [
      'gets an index and a column',
      (source: string) =>
        changeGraph(source, 'CREATE INDEX i ON system_events(subtype); ALTER TABLE system_events ADD COLUMN more TEXT'),
    ],
    [
      'is rewritten row by row, with what it had',
      (source: string) => changeGraph(source, 'UPDATE system_events SET content = content; REINDEX'),
    ],
    [
      'is replaced by a copy',
      (source: string) => {
        copyFileSync(source, `${source}.copy`);
        renameSync(`${source}.copy`, source);
      },
    ],
  ] as const)('%s: the graph is the clean one, then or after the next run', async ([, move]) => {
    const scene = bigScene(800);
    const run = await pausedRun(scene.paths);
    const ended = run.goOn();
    move(scene.source);
    expect([0, 3, 6]).toContain(await ended);
    expect(isIntact(scene.target)).toBe(true);
    expect(await runCli([...scene.paths, '--quiet'])).toMatchObject({ code: 0 });
    await expectCleanGraph(scene);
  });

  it('loses its oldest rows: what was read of them stays, and the run says so', async () => {
    const scene = bigScene(800);
    expect((await runCli([...scene.paths, '--quiet'])).code).toBe(0);
    growBy(scene.source, 500);
    const run = await pausedRun(scene.paths);
    const ended = run.goOn();
    changeGraph(scene.source, 'DELETE FROM system_events WHERE id < 600; DELETE FROM tool_analytics WHERE id < 300');
    expect(await ended).toBe(0);
    const { stdout, code } = await runCli([...scene.paths, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).extractors.map(({ pruned }: { pruned: boolean }) => pruned)).toEqual([true, true, false]);
    const verified = await runCli(['verify', ...scene.paths, '--json']);
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout).totals.unverifiable).toBeGreaterThan(0);
  });

  it('has a WAL that nobody has brought into the file: its rows are read', async () => {
    const scene = bigScene(200);
    const db = new Database(scene.source);
    db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
    db.prepare('SELECT count(*) FROM system_events').get();
    growBy(scene.source, 100);
    const copy = { ...scene, source: join(scene.folder, 'copy.db') };
    for (const end of ['', '-wal']) copyFileSync(scene.source + end, copy.source + end);
    db.close();
    const paths = ['-s', copy.source, '-t', copy.target];
    const { stdout, code } = await runCli([...paths, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).totals.inserted).toBeGreaterThan(300);
    await expectCleanGraph({ ...copy, paths });
  });
});
