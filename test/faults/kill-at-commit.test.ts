import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bigScene, growBy } from '../support/big-source.ts';
import { expectCleanGraph, isIntact } from '../support/expect-clean-graph.ts';
import { preloading } from '../support/preload.ts';
import { runCli } from '../support/run-cli.ts';

const SMALL = ['--batch-size', '25', '--quiet'];

/** Kills one run after another, each at a later write transaction of its own, until one is done before that comes. */
async function killAtEveryCommit(fault: string, between: (at: number) => void, args: readonly string[]) {
  let kills = 0;
  for (let at = 1; ; at++) {
    const { code } = await runCli(args, { env: preloading('at-commit.mjs', { FAULT: fault, FAULT_AT: String(at) }) });
    if (code === 0) return kills;
    expect(code).toBe(null);
    kills++;
    between(at);
  }
}

describe('SIGKILL at every batch boundary', () => {
  it.for(['kill-before', 'kill-after'])('%s the commit: a run that goes on gives the clean graph', async (fault) => {
    for (let at = 1; ; at++) {
      const scene = bigScene(60);
      const env = preloading('at-commit.mjs', { FAULT: fault, FAULT_AT: String(at) });
      const killed = await runCli([...scene.paths, ...SMALL], { env });
      if (killed.code === 0) {
        expect(at).toBeGreaterThan(5);
        return;
      }
      if (existsSync(scene.target)) expect(isIntact(scene.target)).toBe(true);
      expect(await runCli([...scene.paths, ...SMALL])).toMatchObject({ code: 0, stderr: '' });
      await expectCleanGraph(scene);
    }
  });

  it.for(['kill-before', 'kill-after'])('%s the commit, run after run, while the source grows', async (fault) => {
    const scene = bigScene(300);
    const grow = (at: number) => at % 3 === 0 && growBy(scene.source, 20);
    const kills = await killAtEveryCommit(fault, grow, [...scene.paths, ...SMALL]);
    expect(kills).toBeGreaterThan(5);
    await expectCleanGraph(scene);
  });

  it.for(['kill-before', 'kill-after'])('%s the commit, of a run that derives everything anew', async (fault) => {
    const scene = bigScene(60);
    expect((await runCli([...scene.paths, '--quiet', '--no-redact', '--error-status', 'none'])).code).toBe(0);
    await killAtEveryCommit(fault, () => {}, [...scene.paths, ...SMALL]);
    await expectCleanGraph(scene);
  });
});
