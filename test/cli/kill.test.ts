import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { bigScene } from '../support/big-source.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const KILLS = 8;

/** Starts a run and kills it after a while; true when it was killed before it ended. */
async function killAfter(ms: number, args: readonly string[]): Promise<boolean> {
  const child = startCli(args);
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('close', (_code, signal) => resolve(signal)),
  );
  await setTimeout(ms);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

function isIntact(path: string): boolean {
  const db = new Database(path);
  try {
    return db.pragma('integrity_check', { simple: true }) === 'ok';
  } finally {
    db.close();
  }
}

test('after kills at any moment a clean run gives the nodes of one clean run', async () => {
  const [scene, alone] = [bigScene(4000), bigScene(4000)];
  const args = [...scene.paths, '--batch-size', '5'];
  const started = performance.now();
  expect((await runCli([...alone.paths, '--batch-size', '5'])).code).toBe(0);
  const whole = performance.now() - started;
  const expected = new Map(readContent(alone.target).map((node) => [node.id, JSON.stringify(node)]));
  let kills = 0;
  let most = 0;
  for (let i = 0; i < KILLS; i++) {
    if (await killAfter(whole * (0.15 + (0.5 * (i + 0.5)) / KILLS), args)) kills++;
    if (!existsSync(scene.target)) continue;
    expect(isIntact(scene.target)).toBe(true);
    const db = new Database(scene.target);
    const made = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'kg_nodes'").pluck().get() === 1;
    db.close();
    const nodes = made ? readContent(scene.target) : [];
    for (const node of nodes) expect(JSON.stringify(node)).toBe(expected.get(node.id));
    expect(nodes.length).toBeGreaterThanOrEqual(most);
    most = nodes.length;
  }
  expect(kills).toBeGreaterThan(KILLS / 2);
  expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
  expect(readContent(scene.target)).toEqual(readContent(alone.target));
});

test('kills in the moments when the target is made leave nothing that stops the next run', async () => {
  for (let ms = 60; ms <= 150; ms += 10) {
    const { paths, target } = bigScene(20);
    await killAfter(ms, paths);
    expect(await runCli(paths)).toMatchObject({ code: 0, stderr: '' });
    expect(readContent(target)).toHaveLength(20 + 10 + 10);
  }
});
