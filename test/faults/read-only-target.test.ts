import { chmodSync, chownSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectCleanGraph, isIntact } from '../support/expect-clean-graph.ts';
import { linesOf } from '../support/expect-failure.ts';
import { preloading } from '../support/preload.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';

describe('a target that turns read-only midway', () => {
  it.for([3, 5, 9])(
    'after the write transaction %i: a clear error, whole batches are in, a later run goes on',
    async (at) => {
      const scene = bigScene(200);
      const env = preloading('at-commit.mjs', { FAULT: 'read-only', FAULT_AT: String(at) });
      const { stdout, stderr, code } = await runCli([...scene.paths, '--json', '--batch-size', '25'], { env });
      expect(code).toBe(4);
      expect(linesOf('error', stderr).join()).toContain('cannot be written to');
      expect(readContent(scene.target)).toHaveLength(JSON.parse(stdout).totals.inserted);
      expect(isIntact(scene.target)).toBe(true);
      expect(await runCli([...scene.paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
      await expectCleanGraph(scene);
    },
  );

  it('or is so from the beginning: refused before anything is done', async () => {
    const scene = bigScene(20);
    const db = new Database(scene.target);
    db.exec('CREATE TABLE others(a)');
    db.close();
    chmodSync(scene.target, 0o444);
    // Whoever may write to anything, as root may, is not stopped by a mode.
    if (process.getuid?.() === 0) chownSync(scene.folder, 0, 0);
    const { code } = await runCli([...scene.paths, '--quiet']);
    expect(code).toBe(process.getuid?.() === 0 ? 0 : 4);
  });
});
