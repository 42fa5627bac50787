import { expect, it } from 'vitest';
import { bigScene, growBy } from '../support/big-source.ts';
import { expectCleanGraph } from '../support/expect-clean-graph.ts';
import { preloading } from '../support/preload.ts';
import { readNodes } from '../support/read-graph.ts';
import { runCli } from '../support/run-cli.ts';

it('a clock that jumps back and forth changes no node, and no run lasts less than nothing', async () => {
  const scene = bigScene(100);
  const env = preloading('jumping-clock.mjs');
  for (let runs = 0; runs < 3; runs++) {
    const { stdout, code } = await runCli([...scene.paths, '--json'], { env });
    expect(code).toBe(0);
    const { duration_ms, started_at, finished_at } = JSON.parse(stdout);
    expect(duration_ms).toBeGreaterThanOrEqual(0);
    expect(Date.parse(finished_at) - Date.parse(started_at)).toBe(duration_ms);
    growBy(scene.source, 20);
  }
  expect((await runCli([...scene.paths, '--quiet'])).code).toBe(0);
  for (const { created_at, updated_at } of readNodes(scene.target)) {
    expect(Date.parse(created_at)).not.toBeNaN();
    expect(Date.parse(updated_at)).not.toBeNaN();
  }
  await expectCleanGraph(scene);
});
