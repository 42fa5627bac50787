import { copyFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import type { Change } from '../../src/model/node.ts';
import { event, failures, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { hostileAppendedExtractor, hostileExtractor } from '../support/hostile-extractor.ts';
import { readCheckpoints, readEntries } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';
import { type RunJobOptions, runJobWithChanges } from '../support/run-job.ts';
import { afterBatches, afterEvents, type Ending, runUntil } from '../support/run-until.ts';

const extractors = [...builtinExtractors, hostileExtractor, hostileAppendedExtractor];
const kinds = (count: number, of: number) =>
  failures(count, (i) => ({ error_type: `type ${(i * 7) % of}`, agent_name: `agent ${i}` }));
const events = (count: number) => Array.from({ length: count }, (_, i) => event(`${'abcdefgh'[i % 8]} ${i}`));

const usual = () =>
  orchard({
    tool_analytics: kinds(60, 20),
    system_events: events(30),
    task_tracking: ['A', 'B', 'C'].map((id) => task(id)),
  });

type Scene = ReturnType<typeof usual>;

const jobOf = ({ source, target }: Scene): RunJobOptions => ({ source, target, extractors, batchSize: 2 });

/** What becomes of each node: one that is met in what was begun and in what is new is written twice. */
const lastChanges = ({ changes }: { readonly changes: readonly Change[] }) =>
  new Map(changes.map(({ node }) => [node.id, node]));

/** The graph, and what it is folded from, is that of one clean run. */
async function expectClean(scene: Scene): Promise<void> {
  const clean = { ...scene, target: `${scene.target}-clean-${Math.random()}` };
  await scene.run({ extractors, target: clean.target });
  expect(readContent(scene.target)).toEqual(readContent(clean.target));
  const drafts = ({ target }: Scene) => readEntries(target).map((entry) => [entry.key, entry.drafts]);
  expect(drafts(scene)).toEqual(drafts(clean));
}

describe('a run that was ended between two batches', () => {
  it('keeps the batches before it, and says that it was interrupted', async () => {
    const scene = usual();
    const report = await runUntil(afterBatches('tool-errors', 3), jobOf(scene));
    expect(report.error).toMatchObject({ code: 'interrupted-sigterm' });
    expect(partOf(report, 'tool-errors')).toMatchObject({ status: 'failed', inserted: 6 });
    expect(readContent(scene.target)).toHaveLength(6);
    expect(readCheckpoints(scene.target)).toMatchObject([{ extractor: 'tool-errors', folded_to: null }]);
  });

  it('is gone on from there: the next one writes the rest, and counts no row twice', async () => {
    const scene = usual();
    await runUntil(afterBatches('tool-errors', 3), jobOf(scene));
    const report = await scene.run({ extractors });
    expect(partOf(report, 'tool-errors')).toMatchObject({ inserted: 14, updated: 0, unchanged: 0 });
    for (const { unfinished } of readCheckpoints(scene.target)) expect(unfinished).toBe(null);
    await expectClean(scene);
  });

  it('counts nothing twice where bytes that are no UTF-8 stand in a key', async () => {
    const types = ['a', Buffer.from('b\xff', 'latin1'), 'b\ufffd', 'c', '\u{1f600}', 'd', 'e', 'f'];
    for (const batches of [1, 3, 5]) {
      const scene = orchard({ tool_analytics: failures(16, (i) => ({ error_type: types[i % types.length] ?? null })) });
      await runUntil(afterBatches('tool-errors', batches), { ...jobOf(scene), batchSize: 1 });
      await scene.run({ extractors });
      await expectClean(scene);
    }
  });

  it('may be ended again and again, wherever it is, while the source grows', async () => {
    const scene = usual();
    for (let events_ = 4; events_ < 60; events_ += 3) {
      await runUntil(afterEvents(events_), jobOf(scene));
      scene.append('tool_analytics', ...kinds(3, 25));
      scene.append('system_events', ...events(2));
    }
    await scene.run({ extractors });
    await expectClean(scene);
  });

  it.each([1, 2, 5, 9])(
    'is gone on from where it folded into nodes that were there, after %s batches',
    async (batches) => {
      const scene = usual();
      await scene.run({ extractors });
      scene.append('tool_analytics', ...kinds(40, 30));
      await runUntil(afterBatches('tool-errors', batches), jobOf(scene));
      scene.append('tool_analytics', ...kinds(5, 5));
      await scene.run({ extractors });
      await expectClean(scene);
    },
  );

  it('is gone on from with keys in the order of UTF-8, in which it was written', async () => {
    const texts = ['\u{1f34e}', '\uffee', 'Z', 'z', 'é', '\ud7ff', '%', ':'];
    const scene = orchard({ tool_analytics: failures(32, (i) => ({ error_type: texts[i % 8] ?? '' })) });
    for (let batches = 1; batches < 8; batches++) {
      const target = `${scene.target}-${batches}`;
      await runUntil(afterBatches('tool-errors', batches), { ...jobOf(scene), target, batchSize: 1 });
      await scene.run({ extractors, target });
      expect(readContent(target).map(({ properties }) => JSON.parse(properties).error_count)).toEqual(Array(8).fill(4));
    }
  });

  it('lets other extractors go on as they were', async () => {
    const scene = usual();
    await runUntil(afterBatches('session-boundaries', 3), jobOf(scene));
    const report = await scene.run({ extractors });
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'incremental', read: 0 });
    expect(partOf(report, 'session-boundaries')).toMatchObject({ inserted: 24, unchanged: 0 });
    await expectClean(scene);
  });
});

it('a dry run shows what the next run will do where the last one was ended', async () => {
  const scene = usual();
  await scene.run({ extractors });
  scene.append('tool_analytics', ...kinds(40, 30));
  scene.append('system_events', ...events(20));
  for (const name of ['tool-errors', 'hostile-appended', 'session-boundaries']) {
    await runUntil(afterBatches(name, 2), jobOf(scene));
    scene.append('tool_analytics', ...kinds(15, 31));
    scene.append('system_events', ...events(3));
    const job = { source: scene.source, target: scene.target, extractors };
    const dry = await runJobWithChanges({ ...job, dryRun: true });
    const copy = `${scene.target}-${name}`;
    copyFileSync(scene.target, copy);
    const live = await runJobWithChanges({ ...job, target: copy });
    expect(lastChanges(live)).toEqual(lastChanges(dry));
    expect(live.report.extractors).toEqual(dry.report.extractors);
  }
});

it('a source that grows under the run loses no row and counts none twice', async () => {
  const scene = usual();
  const grow: Ending = (_, seen) => {
    if (seen < 40) scene.append('tool_analytics', ...kinds(2, 25));
    if (seen < 40) scene.append('system_events', ...events(1));
    return false;
  };
  for (let runs = 0; runs < 3; runs++) await runUntil(grow, { ...jobOf(scene), windowRows: 16 });
  await scene.run({ extractors });
  await expectClean(scene);
});

describe('a derivation of everything that was ended', () => {
  const statuses = { settings: { errorStatuses: ['error', 'failed'] } };
  const begun = async () => {
    const scene = usual();
    scene.append('tool_analytics', ...failures(40, (i) => ({ status: 'failed', error_type: `type ${i % 25}` })));
    await scene.run({ extractors });
    await runUntil(afterBatches('tool-errors', 4), { ...jobOf(scene), ...statuses });
    return scene;
  };

  it('begins again, and says why', async () => {
    const scene = await begun();
    const report = await scene.run({ extractors, ...statuses });
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'full', reason: expect.stringContaining('was ended') });
    const clean = `${scene.target}-clean`;
    await scene.run({ extractors, ...statuses, target: clean });
    expect(readContent(scene.target)).toEqual(readContent(clean));
  });

  it('lets the settings go back to what they were', async () => {
    const scene = await begun();
    const report = await scene.run({ extractors });
    expect(report.error).toBeUndefined();
    expect(propertiesOf(scene, 'err:s:Bash:type 0')).toMatchObject({ error_count: 3 });
  });

  it('with --accept-source goes on so', async () => {
    const scene = usual();
    await scene.run({ extractors });
    scene.change('DELETE FROM tool_analytics WHERE id <= 20');
    const ended = await runUntil(afterBatches('tool-errors', 3), { ...jobOf(scene), full: true, acceptSource: true });
    expect(ended.error?.code).toBe('interrupted-sigterm');
    const report = await scene.run({ extractors });
    expect(report.error).toBeUndefined();
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'full' });
    await expectClean(scene);
  });
});
