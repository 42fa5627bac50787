import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { runJob } from '../support/run-job.ts';
import { orchardScene } from '../support/scene.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The statistics of a graph that a run has written, and somebody else who removes what they count. */
async function counted() {
  const { source, target } = orchardScene();
  await runJob({ source, target });
  const graph = openGraph(target);
  const other = new Database(join(target));
  closing.push(
    () => graph.close(),
    () => other.close(),
  );
  const reader = await graph.statistics();
  const kinds = async () => (await reader.kinds({ since: undefined, until: undefined })).length;
  const removeCounts = () => other.exec('DELETE FROM audit_days');
  return { graph, reader, kinds, removeCounts };
}

describe('questions of one moment', () => {
  test('agree, whatever others write between them', async () => {
    const { reader, kinds, removeCounts } = await counted();
    const [before, after] = await reader.atOnce(async () => {
      const first = await kinds();
      removeCounts();
      return [first, await kinds()] as const;
    });
    expect(before).toBeGreaterThan(0);
    expect(after).toBe(before);
    expect(await kinds()).toBe(0);
  });

  test('have others meanwhile that are a transaction themselves', async () => {
    const { graph, reader, kinds } = await counted();
    const sessions = await reader.atOnce(async () => {
      const summary = graph.trails.summarize('audit_trail:main');
      return [await kinds(), (await summary).events];
    });
    expect(sessions).toEqual([expect.any(Number), 0]);
  });

  test('wait for those of another moment', async () => {
    const { reader, kinds, removeCounts } = await counted();
    const first = reader.atOnce(async () => {
      await kinds();
      removeCounts();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return kinds();
    });
    const second = reader.atOnce(kinds);
    expect(await first).toBeGreaterThan(0);
    expect(await second).toBe(0);
  });

  test('that fail do not keep others from being asked', async () => {
    const { reader, kinds } = await counted();
    const failing = reader.atOnce(() => Promise.reject(new Error('no more')));
    const next = reader.atOnce(kinds);
    await expect(failing).rejects.toThrow('no more');
    expect(await next).toBeGreaterThan(0);
  });
});
