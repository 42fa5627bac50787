import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/engine/run.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import {
  event,
  failure,
  failures,
  type Orchard,
  orchard,
  partOf,
  propertiesOf,
  task,
} from '../support/growing-orchard.ts';
import { hostileExtractor } from '../support/hostile-extractor.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';
import { type RunJobOptions, runJobWithChanges } from '../support/run-job.ts';
import { afterBatches, runUntil } from '../support/run-until.ts';

type Options = Partial<RunJobOptions>;

const usual = () =>
  orchard({ tool_analytics: failures(4), system_events: [event('a'), event('b')], task_tracking: [task('A.1')] });

async function planOf(scene: Orchard, options: Options = {}): Promise<string> {
  const { plan } = await scene.run({ ...options, dryRun: true });
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

/** A source with something new of every kind, since the graph was last written. */
async function begun(): Promise<Orchard> {
  const scene = usual();
  await scene.run();
  scene.append('tool_analytics', failure(), failure({ error_type: 'new' }));
  scene.append('system_events', event('c'));
  scene.change("UPDATE task_tracking SET outcome = 'failed' WHERE id = 1");
  return scene;
}

/** Nothing is written, and the exit code is 6. */
async function isStale(scene: Orchard, plan: string, options: Options = {}): Promise<void> {
  const before = readEverything(scene.target);
  const report = await scene.run({ ...options, plan });
  expect(exitCodeOf(report)).toBe(6);
  expect(report.error).toMatchObject({ code: 'plan-stale', hint: expect.stringContaining('dry run') });
  expect(report.totals).toMatchObject({ inserted: 0, updated: 0 });
  expect(readEverything(scene.target)).toEqual(before);
}

describe('a plan', () => {
  it.each<[string, () => Promise<Orchard> | Orchard, Options]>([
    ['of a first run', usual, {}],
    ['of a run on nothing', () => orchard({}), {}],
    ['of an incremental run', begun, {}],
    ['of a full run', begun, { full: true }],
    ['of a run with other statuses', begun, { settings: { errorStatuses: ['error', 'failed'] } }],
    ['of some extractors', begun, { extractors: builtinExtractors.slice(1) }],
  ])('%s binds: the run does exactly what was shown', async (_, make, options) => {
    const scene = await make();
    const job = { source: scene.source, target: scene.target, ...options };
    const dry = await runJobWithChanges({ ...job, dryRun: true });
    const live = await runJobWithChanges({ ...job, plan: dry.report.plan, batchSize: 1 });
    expect(live.report.error).toBeUndefined();
    expect(live.changes).toEqual(dry.changes);
    expect(live.report.extractors).toEqual(dry.report.extractors);
    const again = await scene.run(options);
    expect(again.totals).toMatchObject({ inserted: 0, updated: 0 });
  });

  it('is the same for the same, and another for anything else', async () => {
    const scene = await begun();
    const plan = await planOf(scene);
    expect(await planOf(scene)).toBe(plan);
    expect(await planOf(scene, { batchSize: 1, windowRows: 1 })).toBe(plan);
    expect(await planOf(scene, { full: true })).not.toBe(plan);
  });

  it('is none where the dry run failed', async () => {
    const scene = await begun();
    const extractors = builtinExtractors.map((one) => ({ ...one, columns: { ...one.columns, gone: 'text' as const } }));
    expect((await scene.run({ dryRun: true, extractors })).plan).toBeUndefined();
  });

  it('holds while rows are appended, which are left for the next run', async () => {
    const scene = await begun();
    const plan = await planOf(scene);
    scene.append('tool_analytics', ...failures(5));
    scene.append('system_events', event('later'));
    scene.append('task_tracking', task('A.9'));
    const report = await scene.run({ plan });
    expect(report.error).toBeUndefined();
    expect(report.totals).toMatchObject({ inserted: 2, updated: 2 });
    expect(propertiesOf(scene, 'err:s:Bash:timeout')).toMatchObject({ error_count: 5 });
    expect(propertiesOf(scene, 'task:2')).toBeUndefined();
    expect((await scene.run()).totals).toMatchObject({ inserted: 2, updated: 1 });
    expect(propertiesOf(scene, 'err:s:Bash:timeout')).toMatchObject({ error_count: 10 });
  });

  it('holds where there was no row, and leaves those that came since', async () => {
    const scene = orchard({});
    const plan = await planOf(scene);
    scene.append('system_events', event('later'));
    scene.append('task_tracking', task('A.9'));
    expect(await scene.run({ plan })).toMatchObject({ totals: { read: 0, inserted: 0 } });
    expect((await scene.run()).totals).toMatchObject({ read: 2, inserted: 2 });
  });
});

describe('a plan is stale', () => {
  it.each([
    ['a new row that it reads', "UPDATE system_events SET content = 'x' WHERE id = 3"],
    ['a task', "UPDATE task_tracking SET outcome = 'success' WHERE id = 1"],
    ['the status of a new row', "UPDATE tool_analytics SET status = 'success' WHERE id = 6"],
  ])('when someone changed %s', async (_, sql) => {
    const scene = await begun();
    const plan = await planOf(scene);
    scene.change(sql);
    await isStale(scene, plan);
  });

  it.each([
    ['that it would update', "UPDATE kg_nodes SET name = 'x' WHERE id LIKE '%timeout'"],
    ['that it would not update any more', "DELETE FROM kg_nodes WHERE id LIKE '%timeout'"],
    [
      'that stands where it would insert',
      "INSERT INTO kg_nodes SELECT 'audit_event:sys:3', node_type, subtype, name, properties, source_table, source_id, created_at, updated_at, NULL FROM kg_nodes LIMIT 1",
    ],
  ])('when someone changed a node %s', async (_, sql) => {
    const scene = await begun();
    const plan = await planOf(scene);
    scene.changeGraph(sql);
    await isStale(scene, plan);
  });

  it('when another run was faster', async () => {
    const scene = await begun();
    const plan = await planOf(scene);
    await scene.run();
    await isStale(scene, plan);
  });

  it('when it has been done', async () => {
    const scene = await begun();
    const plan = await planOf(scene);
    await scene.run({ plan });
    await isStale(scene, plan);
  });

  it('when another run came half way, which has to be finished before there is another plan', async () => {
    const scene = await begun();
    scene.append('system_events', ...Array.from({ length: 20 }, (_, i) => event(`more ${i}`)));
    const plan = await planOf(scene);
    const report = await runUntil(afterBatches('session-boundaries', 3), {
      source: scene.source,
      target: scene.target,
      batchSize: 1,
    });
    expect(report.error?.code).toBe('interrupted-sigterm');
    await isStale(scene, plan);
    expect((await scene.run({ dryRun: true })).plan).toBeUndefined();
  });

  it.each<[string, Options]>([
    ['--full', { full: true }],
    ['--error-status', { settings: { errorStatuses: ['failed'] } }],
    ['another version of an extractor', { extractors: builtinExtractors.map((one) => ({ ...one, version: 9 })) }],
    ['another order', { extractors: builtinExtractors.toReversed() }],
    ['other extractors', { extractors: [...builtinExtractors.slice(0, 2), hostileExtractor] }],
  ])('with %s', async (_, options) => {
    const scene = await begun();
    await isStale(scene, await planOf(scene), options);
  });
});

it.each([
  'p1',
  'p2.none.none.none.0123456789abcdef0123456789abcdef',
  'p1.1.2.3.xyz',
  '',
  "p1.1.2.3'.0123456789abcdef0123456789abcdef",
])('%j is no plan: a usage error', async (plan) => {
  const scene = usual();
  await expect(scene.run({ plan })).rejects.toMatchObject({ code: 'usage' });
});

it('a plan of another number of extractors is a usage error', async () => {
  const scene = usual();
  const plan = await planOf(scene, { extractors: builtinExtractors.slice(1) });
  await expect(scene.run({ plan })).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining('--only') });
  expect(() => readContent(scene.target)).toThrow();
});

it('a planned run goes on after an end half way like any other', async () => {
  const scene = await begun();
  const plan = await planOf(scene);
  const report = await runUntil(afterBatches('tool-errors', 1), {
    source: scene.source,
    target: scene.target,
    batchSize: 1,
    plan,
  });
  expect(report.error?.code).toBe('interrupted-sigterm');
  await scene.run();
  expect(partOf(await scene.run({ full: true }), 'tool-errors')).toMatchObject({ inserted: 0, updated: 0 });
  expect(propertiesOf(scene, 'err:s:Bash:timeout')).toMatchObject({ error_count: 5 });
});
