import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { expectCleanGraph } from '../support/expect-clean-graph.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const TEN = Array.from({ length: 10 }, (_, i) => i);

describe('ten runs at once', () => {
  it('end well or say that another one is at work; the graph is the clean one', async () => {
    const scene = bigScene(400);
    const results = await Promise.all(TEN.map(() => runCli([...scene.paths, '--batch-size', '50', '--quiet'])));
    const codes = results.map(({ code }) => code);
    expect(codes).toContain(0);
    expect(codes.filter((code) => code !== 0 && code !== 75)).toEqual([]);
    await expectCleanGraph(scene);
  });

  it('all end well where they may wait', async () => {
    const scene = bigScene(400);
    const results = await Promise.all(TEN.map(() => runCli([...scene.paths, '--wait', '60', '--json'])));
    expect(results.map(({ code }) => code)).toEqual(TEN.map(() => 0));
    const inserted = results.map(({ stdout }) => JSON.parse(stdout).totals.inserted);
    expect(inserted.filter((count) => count > 0)).toHaveLength(1);
    await expectCleanGraph(scene);
  });

  it('with one killed in their midst: the others go on', async () => {
    const scene = bigScene(400);
    const args = [...scene.paths, '--wait', '60', '--batch-size', '50', '--quiet'];
    const first = startCli(args);
    const ended = new Promise((resolve) => first.once('close', (_code, signal) => resolve(signal)));
    await setTimeout(300);
    const others = TEN.slice(1).map(() => runCli(args));
    first.kill('SIGKILL');
    expect([null, 'SIGKILL']).toContain(await ended);
    expect((await Promise.all(others)).map(({ code }) => code)).toEqual(TEN.slice(1).map(() => 0));
    await expectCleanGraph(scene);
  });
});
