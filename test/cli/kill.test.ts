import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { bigScene, growBy } from '../support/big-source.ts';
import { readCheckpoints, readEntries } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const KILLS = 20;
const KILLS_BETWEEN_GROWTHS = 4;
/** So far apart are the ids of calls that every run reads them in a thread. */
const GAP = 400;

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

/** Whether the file is whole, and the tables of a graph are in it. */
function inspect(path: string): { readonly intact: boolean; readonly made: boolean } {
  const db = new Database(path);
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    const made = ['kg_nodes', 'audit_entries', 'audit_checkpoints'].every((name) => tables.includes(name));
    return { intact: db.pragma('integrity_check', { simple: true }) === 'ok', made };
  } finally {
    db.close();
  }
}

/** Nodes and what they are folded from went in together: one entry for each node, and as many calls as it counts. */
function expectWhole(target: string): number {
  const counted = readContent(target).map(({ id, properties }) => [id, JSON.parse(properties).error_count ?? 1]);
  const kept = readEntries(target).map(({ key, drafts }) => [`audit_event:${key}`, Number(drafts)]);
  expect(counted).toEqual(kept);
  return counted.length;
}

test('after twenty kills at any moment, while the source grows, a clean run gives the graph of one run', async () => {
  const scene = bigScene(12_000, GAP);
  const args = [...scene.paths, '--batch-size', '20'];
  let kills = 0;
  let most = 0;
  // A machine that is busy starts programs late, and a kill before the first line is none.
  const started = performance.now();
  await runCli(['--help']);
  const startup = performance.now() - started;
  for (let tries = 0; kills < KILLS && tries < 2 * KILLS; tries++) {
    const killed = await killAfter(startup + 700 * Math.random(), args);
    if (killed) kills++;
    if (!killed || kills % KILLS_BETWEEN_GROWTHS === 0) growBy(scene.source, 1500, GAP);
    if (!existsSync(scene.target)) continue;
    const { intact, made } = inspect(scene.target);
    expect(intact).toBe(true);
    const nodes = made ? expectWhole(scene.target) : 0;
    expect(nodes).toBeGreaterThanOrEqual(most);
    most = nodes;
  }
  expect(await runCli(scene.paths)).toMatchObject({ code: 0, stderr: '' });
  const alone = `${scene.folder}/alone.db`;
  expect((await runCli(['-s', scene.source, '-t', alone])).code).toBe(0);
  expect(readContent(scene.target)).toEqual(readContent(alone));
  expect(expectWhole(scene.target)).toBe(expectWhole(alone));
  const standing = (path: string) => readCheckpoints(path).map(({ folded_to, unfinished }) => [folded_to, unfinished]);
  expect(standing(scene.target)).toEqual(standing(alone));
});

test('kills in the moments when the target is made leave nothing that stops the next run', async () => {
  for (let ms = 60; ms <= 150; ms += 10) {
    const { paths, target } = bigScene(20);
    await killAfter(ms, paths);
    expect(await runCli(paths)).toMatchObject({ code: 0, stderr: '' });
    expect(readContent(target)).toHaveLength(20 + 10 + 10);
  }
});
