import { expect, it } from 'vitest';
import type { FixtureRow } from '../../fixtures/sessions-db.ts';
import { event, orchard, partOf } from '../support/growing-orchard.ts';
import { hostileAppendedExtractor } from '../support/hostile-extractor.ts';
import { readContent } from '../support/read-graph.ts';
import { runJobWithChanges } from '../support/run-job.ts';

/** More keys than are folded in memory at once, so that a run writes while it reads. */
const MANY = 21_001;
const extractors = [hostileAppendedExtractor];
const manyKeys = (): readonly FixtureRow[] =>
  Array.from({ length: MANY }, (_, i) => event(String.fromCodePoint(0x4e00 + i)));

it('a node that is met in two flushes of one run is counted once, by what became of it, as in a dry run', async () => {
  const scene = orchard({ system_events: [event('apple')] });
  await scene.run({ extractors });
  scene.append('system_events', event('apple'), ...manyKeys(), event('almond'));
  const job = { source: scene.source, target: scene.target, extractors, windowRows: 10_000 };
  const dry = await runJobWithChanges({ ...job, dryRun: true });
  const live = await runJobWithChanges(job);
  expect(partOf(dry.report, 'hostile-appended')).toMatchObject({ updated: 1, unchanged: 0 });
  expect(live.report.totals).toEqual(dry.report.totals);
  const clean = `${scene.target}-clean`;
  await scene.run({ extractors, target: clean });
  expect(readContent(scene.target)).toEqual(readContent(clean));
});
