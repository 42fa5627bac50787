import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectCleanGraph, isIntact } from '../support/expect-clean-graph.ts';
import { linesOf } from '../support/expect-failure.ts';
import { runCli } from '../support/run-cli.ts';
import { runShell } from '../support/run-shell.ts';
import type { Scene } from '../support/scene.ts';
import { canMount } from '../support/small-disk.ts';

/** Runs into a small file system; what is on it at the end is what the scene's target is. */
async function runOnSmallDisk(scene: Scene, kib: number, setup = '') {
  const [disk, left] = [join(scene.folder, 'disk'), join(scene.folder, 'left')];
  for (const folder of [disk, left]) mkdirSync(folder);
  const run = `cd ${disk}; ${setup} "$NODE" "$BIN" -s ${scene.source} -t ${disk}/org.db --json --batch-size 200`;
  const script = `mount -t tmpfs -o size=${kib}k tmpfs ${disk}; ${run}; code=$?; cp ${disk}/org.db* ${left}; exit $code`;
  const result = await runShell(`unshare -rm sh -c '${script}'`, []);
  for (const name of readdirSync(left)) copyFileSync(join(left, name), join(scene.folder, name));
  return result;
}

describe('a disk that is full', () => {
  it.skipIf(!canMount()).for([64, 200, 500, 1000, 1700, 2400])(
    'after %i KiB (skipped where no file system may be mounted): a clear error, nothing lost, and a later run goes on',
    async (kib) => {
      const scene = bigScene(5000);
      const result = await runOnSmallDisk(scene, kib);
      expect(result.code).toBe(1);
      expect(linesOf('error', result.stderr).join()).toMatch(/the disk of target .* is full/);
      expect(linesOf('hint', result.stderr)).not.toEqual([]);
      expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: 'target-full' } });
      if (existsSync(scene.target)) expect(isIntact(scene.target)).toBe(true);
      expect(await runCli([...scene.paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
      await expectCleanGraph(scene);
    },
  );

  it.for([100, 800, 1600])('or a file that may grow to %i KiB alone: the same', async (kib) => {
    const scene = bigScene(5000);
    const result = await runShell(`ulimit -f ${kib}; audit "$@"`, [...scene.paths, '--json', '--batch-size', '50']);
    expect(result.code).toBe(1);
    expect(linesOf('error', result.stderr).join()).toMatch(/the disk of target .* is full/);
    if (existsSync(scene.target)) expect(isIntact(scene.target)).toBe(true);
    expect(await runCli([...scene.paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
    await expectCleanGraph(scene);
  });
});
