import { expect, it } from 'vitest';
import { exitCodeOf } from '../../src/engine/run.ts';
import { readStatus } from '../../src/jobs/status.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { event, failure, failures, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { linkJob } from '../support/link-job.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';
import { verifyJob } from '../support/verify-job.ts';

/** A machine whose rows have the numbers that those of any other have. */
const machine = (name: string) =>
  orchard({
    tool_analytics: failures(3, (i) => ({ session_id: name, error_type: `type ${i}`, task_id: 'T.1' })),
    system_events: [event(`first of ${name}`), event(`second of ${name}`)],
    task_tracking: [task('T.1', { task_description: name })],
  });

/** Two machines, and a graph that both were read into. */
async function two() {
  const [one, other] = [machine('one'), machine('other')];
  const { target } = one;
  const runOne = (options = {}) => one.run({ target, origin: 'one', ...options });
  const runOther = (options = {}) => other.run({ target, origin: 'other', ...options });
  await runOne();
  await runOther();
  return { one, other, target, runOne, runOther };
}

const idsOf = (target: string) => readContent(target).map(({ id }) => id);

it('events of two sources have ids of their own, and say what they say alone', async () => {
  const { one, other, target } = await two();
  expect(idsOf(target)).toContain('audit_event:@one:err:one:Bash:type 0');
  expect(propertiesOf(one, '@one:sys:1')).toMatchObject({ content: 'first of one' });
  expect(propertiesOf(one, '@other:sys:1')).toMatchObject({ content: 'first of other' });
  await other.run();
  const alone = readContent(other.target).map(({ id, ...rest }) => rest);
  const among = readContent(target).filter(({ id }) => id.includes('@other:'));
  expect(among.map(({ id, ...rest }) => rest)).toEqual(alone);
});

it('a report names the origin, and extractors by their plain names', async () => {
  const { runOther } = await two();
  const report = await runOther();
  expect(report).toMatchObject({ origin: 'other', mode: 'incremental', totals: { inserted: 0, updated: 0 } });
  expect(report.extractors.map(({ name }) => name)).toEqual(['tool-errors', 'session-boundaries', 'task-completions']);
  expect(await one().run()).not.toHaveProperty('origin');
});

const one = () => machine('plain');

it('each source goes on where it stood', async () => {
  const { one, other, target, runOne, runOther } = await two();
  one.append('tool_analytics', failure({ session_id: 'one', error_type: 'type 0' }));
  other.append('system_events', event('third'));
  expect(partOf(await runOne(), 'tool-errors')).toMatchObject({ mode: 'incremental', read: 1, updated: 1 });
  expect(partOf(await runOther(), 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 1, inserted: 1 });
  expect(propertiesOf(one, '@one:err:one:Bash:type 0')).toMatchObject({ error_count: 2 });
  expect(idsOf(target)).not.toContain('audit_event:@one:sys:3');
});

it('a second source without an origin is refused, and the hint says how it is taken', async () => {
  const [first, second] = [machine('first'), machine('second')];
  await first.run();
  const before = readEverything(first.target);
  for (const options of [{}, { dryRun: true }, { full: true }]) {
    const report = await second.run({ target: first.target, ...options });
    expect(exitCodeOf(report)).toBe(6);
    expect(report.error).toMatchObject({ code: 'source-changed', hint: expect.stringContaining('--origin NAME') });
  }
  expect(readEverything(first.target)).toEqual(before);
  expect(exitCodeOf(await second.run({ target: first.target, origin: 'second' }))).toBe(0);
});

it('among sources with origins one without is refused, too', async () => {
  const { target } = await two();
  const third = machine('third');
  const report = await third.run({ target });
  expect(exitCodeOf(report)).toBe(6);
  expect(report.error).toMatchObject({
    code: 'origin-missing',
    message: expect.stringContaining('origin one, origin other'),
    hint: expect.stringContaining('--origin NAME'),
  });
});

it('a source that is known by another origin is refused, as all its events would be there twice', async () => {
  const { one, other, target } = await two();
  for (const [scene, origin, hint] of [
    [one, 'third', '--origin one'],
    [other, undefined, '--origin other'],
  ] as const) {
    const before = readEverything(target);
    const report = await scene.run({ target, origin });
    expect(exitCodeOf(report)).toBe(6);
    expect(report.error).toMatchObject({ code: 'source-known', hint: expect.stringContaining(hint) });
    expect(readEverything(target)).toEqual(before);
  }
  const plain = machine('plain');
  await plain.run();
  const renamed = await plain.run({ origin: 'late' });
  expect(renamed.error).toMatchObject({ code: 'source-known', hint: expect.stringContaining('without --origin') });
  expect(exitCodeOf(await plain.run({ origin: 'late', acceptSource: true }))).toBe(0);
});

it('a source under the origin of another is refused as a stranger, whatever else the graph holds', async () => {
  const { other, target } = await two();
  const report = await other.run({ target, origin: 'one' });
  expect(report.error).toMatchObject({ code: 'source-changed' });
});

it('a source of one origin is compared with its own records alone', async () => {
  const { one, other, target } = await two();
  const report = await verifyJob({ source: one.source, target, origin: 'one' });
  expect(report).toMatchObject({
    agrees: true,
    origin: 'one',
    totals: { agreeing: 6, missing: 0, extra: 0, unverifiable: 6 },
  });
  expect(report.extractors.find(({ name }) => name === '@other')).toMatchObject({
    unverifiable: 6,
    warning: expect.stringContaining('--origin other'),
  });
  expect(await verifyJob({ source: other.source, target, origin: 'other' })).toMatchObject({ agrees: true });
  await expect(verifyJob({ source: other.source, target, origin: 'one' })).rejects.toMatchObject({
    code: 'source-changed',
  });
});

it('nothing can be verified of an origin that the graph does not know', async () => {
  const { one, target } = await two();
  for (const origin of ['oen', undefined]) {
    const verified = verifyJob({ source: one.source, target, origin });
    await expect(verified).rejects.toMatchObject({ code: 'origin-missing', hint: expect.stringContaining('--origin') });
  }
});

it('what was changed in one origin is found by verifying another, too', async () => {
  const { one, other, target } = await two();
  one.changeGraph(`UPDATE kg_nodes SET name = 'x' WHERE id = 'audit_event:@one:sys:1'`);
  for (const [source, origin] of [
    [one.source, 'one'],
    [other.source, 'other'],
  ] as const) {
    expect(await verifyJob({ source, target, origin })).toMatchObject({
      agrees: false,
      findings: [{ kind: 'altered', id: 'audit_event:@one:sys:1' }],
    });
  }
});

it('--full --retire deletes nothing of other origins', async () => {
  const { one, target, runOne } = await two();
  one.change('DELETE FROM task_tracking');
  one.append('task_tracking', task('T.2'));
  const report = await runOne({ full: true, retire: true });
  expect(report.error).toBeUndefined();
  expect(partOf(report, 'task-completions')).toMatchObject({ retired: 1 });
  const isDeleted = (id: string) => readEverything(target) && rowOf(target, id)?.['deleted_at'] !== null;
  expect([isDeleted('audit_event:@one:task:1'), isDeleted('audit_event:@other:task:1')]).toEqual([true, false]);
});

const rowOf = (target: string, id: string): Readonly<Record<string, unknown>> | undefined =>
  readContent(target).find((node) => node.id === id);

it('a plan of one origin binds a run of that origin alone', async () => {
  const { one, runOne, runOther } = await two();
  one.append('system_events', event('new'));
  const { plan } = await runOne({ dryRun: true });
  expect((await runOther({ plan })).error).toMatchObject({ code: 'plan-stale' });
  expect(await runOne({ plan })).toMatchObject({ totals: { inserted: 1 } });
});

it('status tells how far behind the source is that it was given, of its own extractors', async () => {
  const { one, target } = await two();
  one.append('system_events', event('new'));
  const { extractors } = await readStatus({ source: one.source, origin: 'one', target, runs: 5 });
  const behind = Object.fromEntries(
    extractors.map(({ origin, extractor, behind }) => [`${origin} ${extractor}`, behind]),
  );
  expect(behind).toMatchObject({ 'one session-boundaries': 1, 'one tool-errors': 0, 'other session-boundaries': null });
});

it('edges that only rows can tell are asked of the rows of their own origin', async () => {
  const many = (name: string) =>
    orchard({ tool_analytics: failures(30, (i) => ({ session_id: 's', agent_name: `${name} ${i}` })) });
  const [first, second] = [many('first'), many('second')];
  const { target } = first;
  await first.run({ target, origin: 'first' });
  await second.run({ target, origin: 'second' });
  const linked = await linkJob({ source: first.source, origin: 'first', target });
  expect(linked.warnings).toEqual([expect.stringContaining('--origin second')]);
  const agents = (report: typeof linked) =>
    report.edges.types.find(({ edge_type }) => edge_type === 'BY_AGENT')?.inserted;
  expect(agents(linked)).toBe(40);
  expect(agents(await linkJob({ source: second.source, origin: 'second', target }))).toBe(20);
  expect((await linkJob({ target })).warnings).toEqual([]);
});

it('a run with edges leads the events of all origins to the same session', async () => {
  const { target, runOne } = await two();
  const report = await runOne({ edges: { linkers: builtinLinkers }, full: true });
  expect(report.error).toBeUndefined();
  await linkJob({ target });
  expect(idsOf(target).filter((id) => id.startsWith('task:'))).toEqual(['task:T.1']);
});
