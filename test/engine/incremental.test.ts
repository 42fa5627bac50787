import { describe, expect, it } from 'vitest';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { event, failure, failures, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { hostileAppendedExtractor } from '../support/hostile-extractor.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';

const NODE = 'err:s:Bash:timeout';
const only = (name: string) => ({ extractors: builtinExtractors.filter((one) => one.name === name) });

describe('the next run', () => {
  it('reads only what is new, and folds it in', async () => {
    const scene = orchard({ tool_analytics: failures(3), system_events: [event('a')], task_tracking: [task('A.1')] });
    await scene.run();
    scene.append('tool_analytics', failure(), failure({ status: 'success' }));
    scene.append('system_events', event('b'), event('c'));
    const report = await scene.run();
    expect(report.mode).toBe('incremental');
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'incremental', read: 1, updated: 1, unchanged: 0 });
    expect(partOf(report, 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 2, inserted: 2 });
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 4 });
  });

  it('changes nothing at all where nothing is new', async () => {
    const scene = orchard({ tool_analytics: failures(3), system_events: [event('a')], task_tracking: [task('A.1')] });
    await scene.run({ clock: () => 0 });
    const before = readEverything(scene.target);
    const report = await scene.run({ clock: () => 1 });
    expect(report.totals).toEqual({ read: 1, inserted: 0, updated: 0, unchanged: 1, skipped: 0 });
    expect(readEverything(scene.target)).toEqual(before);
  });

  it('goes on where the first one found no row', async () => {
    const scene = orchard({});
    await scene.run();
    scene.append('system_events', event('a'));
    const report = await scene.run();
    expect(report.mode).toBe('incremental');
    expect(partOf(report, 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 1, inserted: 1 });
  });

  it('goes on below a row id of 0, and up to the last one there can be', async () => {
    const scene = orchard({ system_events: [{ id: -9223372036854775808n, ...event('first') }] });
    await scene.run();
    scene.append('system_events', { id: -1, ...event('below') }, { id: 9223372036854775807n, ...event('last') });
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ read: 2, inserted: 2 });
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ read: 0, warnings: [] });
  });
});

describe('what is folded in run after run', () => {
  it('counts once', async () => {
    const scene = orchard({});
    for (let runs = 1; runs <= 4; runs++) {
      scene.append('tool_analytics', ...failures(runs));
      await scene.run();
      await scene.run();
      expect(propertiesOf(scene, NODE).error_count).toBe((runs * (runs + 1)) / 2);
    }
  });

  it('has the first and the last time by instant, and of equal ones the lowest row', async () => {
    const scene = orchard({ tool_analytics: [failure({ created_at: 'long ago' })] });
    await scene.run();
    expect(propertiesOf(scene, NODE)).toMatchObject({ first_occurrence: 'long ago', last_occurrence: 'long ago' });
    for (const created_at of [
      '2026-03-02 12:00:00',
      '2026-03-02T13:00:00+01:00',
      '2026-03-02T23:00:00-02:00',
      '2026-03-01',
    ]) {
      scene.append('tool_analytics', failure({ created_at }));
      await scene.run();
    }
    expect(propertiesOf(scene, NODE)).toMatchObject({
      first_occurrence: '2026-03-01',
      last_occurrence: '2026-03-02T23:00:00-02:00',
    });
    scene.append('tool_analytics', failure({ created_at: '2026-03-03T01:00:00Z' }));
    await scene.run();
    expect(propertiesOf(scene, NODE).last_occurrence).toBe('2026-03-02T23:00:00-02:00');
  });

  it('has the average of the exact total, of rows that have a time', async () => {
    const scene = orchard({ tool_analytics: [failure()] });
    await scene.run();
    expect(propertiesOf(scene, NODE)).not.toHaveProperty('avg_execution_ms');
    for (const execution_time_ms of [9007199254740993n, null, 1, -9007199254740993n, 'soon', 0]) {
      scene.append('tool_analytics', failure({ execution_time_ms }));
      await scene.run();
    }
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 7, avg_execution_ms: 0.3 });
  });

  it('has the first ten agents and tasks in the order of rows', async () => {
    const scene = orchard({});
    const name = (i: number) => `agent ${(i * 5) % 12}`;
    for (let i = 0; i < 24; i++) {
      scene.append('tool_analytics', failure({ agent_name: name(i), task_id: `T.${i % 3}` }));
      await scene.run();
    }
    const { agents, task_ids } = propertiesOf(scene, NODE);
    expect(agents).toEqual(Array.from({ length: 10 }, (_, i) => name(i)));
    expect(task_ids).toEqual(['T.0', 'T.1', 'T.2']);
  });
});

describe('an extractor derives its own part in full, and says why, while the others go on', () => {
  const begun = async () => {
    const scene = orchard({
      tool_analytics: [...failures(3), failure({ status: 'failed' })],
      system_events: [event('a')],
    });
    await scene.run();
    scene.append('system_events', event('b'));
    return scene;
  };

  it('when it is new', async () => {
    const scene = await begun();
    const report = await scene.run({ extractors: [...builtinExtractors, hostileAppendedExtractor] });
    expect(report.mode).toBe('full');
    expect(partOf(report, 'hostile-appended')).toMatchObject({ mode: 'full', reason: 'first run', read: 2 });
    expect(partOf(report, 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 1 });
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'incremental', read: 0 });
  });

  it('when it was left out before', async () => {
    const scene = orchard({ tool_analytics: failures(3), system_events: [event('a')] });
    await scene.run(only('tool-errors'));
    const report = await scene.run();
    expect(partOf(report, 'session-boundaries')).toMatchObject({ mode: 'full', reason: 'first run', inserted: 1 });
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'incremental', read: 0 });
  });

  it('not when it was left out for a while: then it goes on where it was', async () => {
    const scene = await begun();
    scene.append('tool_analytics', failure());
    await scene.run(only('session-boundaries'));
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ mode: 'incremental', read: 1, updated: 1 });
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 4 });
  });

  it('when other statuses mean failure', async () => {
    const scene = await begun();
    const report = await scene.run({ settings: { errorStatuses: ['failed', 'error'] } });
    const reason = expect.stringContaining('settings changed');
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'full', reason, read: 4, updated: 1 });
    expect(partOf(report, 'tool-errors').warnings).toEqual([expect.stringContaining('in full')]);
    expect(partOf(report, 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 1, warnings: [] });
    expect(propertiesOf(scene, NODE)).toMatchObject({ error_count: 4 });
    const again = await scene.run({ settings: { errorStatuses: ['error', 'failed'] } });
    expect(partOf(again, 'tool-errors')).toMatchObject({ mode: 'incremental', read: 0, warnings: [] });
  });

  it('when its version changed', async () => {
    const scene = await begun();
    const extractors = builtinExtractors.map((one) => (one.name === 'tool-errors' ? { ...one, version: 99 } : one));
    const report = await scene.run({ extractors });
    expect(partOf(report, 'tool-errors')).toMatchObject({ mode: 'full', read: 3, updated: 0, unchanged: 1 });
    expect(partOf(report, 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 1 });
    expect(partOf(await scene.run({ extractors }), 'tool-errors')).toMatchObject({ mode: 'incremental', read: 0 });
  });

  it('and one that fails does not hold the others up', async () => {
    const scene = await begun();
    const boom = () => {
      throw new Error('boom');
    };
    const extractors = builtinExtractors.map((one) => (one.name === 'tool-errors' ? { ...one, extract: boom } : one));
    scene.append('tool_analytics', failure());
    const report = await scene.run({ extractors });
    expect(partOf(report, 'tool-errors')).toMatchObject({ status: 'failed' });
    expect(partOf(report, 'session-boundaries')).toMatchObject({ status: 'ok', inserted: 1 });
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ status: 'ok', read: 1, updated: 1 });
    expect(readContent(scene.target)).toHaveLength(3);
  });
});
