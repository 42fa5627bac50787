import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedEdges } from '../oracle/expected-edges.ts';
import { bigScene, growBy } from '../support/big-source.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { preloading } from '../support/preload.ts';
import { readEdges } from '../support/read-edges.ts';
import { runCli } from '../support/run-cli.ts';

const SMALL = ['--batch-size', '25', '--quiet'];

/** Kills one process after another, each at a later write transaction of its own, until one is done before that comes. */
async function killAtEveryCommit(fault: string, args: readonly string[], between: (at: number) => void) {
  for (let at = 1; ; at++) {
    const { code } = await runCli(args, { env: preloading('at-commit.mjs', { FAULT: fault, FAULT_AT: String(at) }) });
    if (code === 0) return at;
    expect(code).toBe(null);
    between(at);
  }
}

describe('SIGKILL at every commit', () => {
  it.for(['kill-before', 'kill-after'])(
    '%s, of runs with edges: no edge is lost, none without its ends',
    async (fault) => {
      const scene = bigScene(150);
      const kills = await killAtEveryCommit(fault, [...scene.paths, ...SMALL, '--edges'], (at) => {
        if (existsSync(scene.target)) {
          expect(isIntact(scene.target)).toBe(true);
          readEdges(scene.target);
        }
        if (at % 3 === 0) growBy(scene.source, 10);
      });
      expect(kills).toBeGreaterThan(5);
      expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
      expect(await runCli(['verify', ...scene.paths, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
    },
  );

  it.for(['kill-before', 'kill-after'])('%s, of link: the next one makes what is left', async (fault) => {
    const scene = bigScene(5000);
    await runCli([...scene.paths, '--quiet']);
    const kills = await killAtEveryCommit(fault, ['link', ...scene.paths, '--quiet'], () => {
      expect(isIntact(scene.target)).toBe(true);
      readEdges(scene.target);
    });
    expect(kills).toBeGreaterThan(2);
    expect(readEdges(scene.target)).toEqual(expectedEdges(scene.source, ['error']));
  });
});
