import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { acquireRunLock } from '../../src/sqlite/target/run-lock.ts';
import { bigScene } from '../support/big-source.ts';
import { exchangedRows, exportTo } from '../support/exchange-files.ts';
import { isIntact } from '../support/expect-clean-graph.ts';
import { expectFailure } from '../support/expect-failure.ts';
import { readAll } from '../support/graph-rows.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { runJob } from '../support/run-job.ts';

const KILLS = 8;

test('an import that is killed leaves whole batches, and the same import completes it', async () => {
  const scene = bigScene(8000);
  await runJob({ source: scene.source, target: scene.target });
  const file = join(scene.folder, 'graph.zip');
  await exportTo(file, scene.target, 'csv');
  const made = join(scene.folder, 'made.db');
  const args = ['import', file, '-t', made];
  let kills = 0;
  for (let tries = 0; kills < KILLS && tries < 30; tries++) {
    const child = startCli(args);
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
    // Not before something is written.
    for (let looks = 0; looks < 400 && child.exitCode === null && !existsSync(`${made}-wal`); looks++)
      await setTimeout(10);
    await setTimeout(250 * Math.random());
    child.kill('SIGKILL');
    if ((await ended) !== 'SIGKILL') break;
    kills++;
    expect(isIntact(made)).toBe(true);
  }
  expect(kills).toBeGreaterThan(0);
  const { code, stderr } = await runCli(args);
  expect([code, stderr]).toEqual([0, '']);
  expect(exchangedRows(made)).toEqual(exchangedRows(scene.target));
  expect(await runCli(['verify', '-s', scene.source, '-t', made, '--quiet'])).toMatchObject({ code: 0 });
}, 180_000);

test('an import of large rows is many transactions', async () => {
  const scene = bigScene(200);
  await runJob({ source: scene.source, target: scene.target });
  const file = join(scene.folder, 'rows.ndjson');
  const name = 'x'.repeat(1_000_000);
  const rows = Array.from({ length: 60 }, (_, at) => ({
    table: 'kg_nodes',
    row: { id: `note:${at}`, node_type: 'note', name },
  }));
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  expect((await runCli(['import', file, '-t', scene.target])).code).toBe(0);
  expect(readAll(scene.target, "SELECT count(*) AS n FROM kg_nodes WHERE node_type = 'note'")).toEqual([{ n: 60 }]);
  const changes = readAll<{ n: number }>(
    scene.target,
    "SELECT count(*) AS n FROM audit_changes WHERE component = 'note'",
  );
  // More transactions than one, each with its row in the log.
  expect(changes[0]?.n).toBeGreaterThan(1);
});

test('an import does not begin while a run is on', async () => {
  const scene = bigScene(50);
  await runJob({ source: scene.source, target: scene.target });
  const file = join(scene.folder, 'rows.ndjson');
  writeFileSync(file, '{"table":"kg_nodes","row":{"id":"a","node_type":"note","name":"a"}}\n');
  const lock = await acquireRunLock(scene.target, { waitMs: 0, signal: new AbortController().signal });
  try {
    await expectFailure(['import', file, '-t', scene.target], { code: 75, error: 'run-busy' });
    expect((await runCli(['import', file, '-t', scene.target, '--dry-run'])).code).toBe(0);
  } finally {
    await lock.release();
  }
  expect((await runCli(['import', file, '-t', scene.target])).code).toBe(0);
});
