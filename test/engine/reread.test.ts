import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/engine/run.ts';
import { builtinExtractors } from '../../src/extractors/index.ts';
import { event, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { hostileExtractor } from '../support/hostile-extractor.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent, readNodes } from '../support/read-graph.ts';

const usual = () =>
  orchard({ task_tracking: ['A.1', 'A.2', 'A.3'].map((id) => task(id, { updated_at: '2026-03-01T08:00:00Z' })) });

describe('a table whose rows change in place', () => {
  it('is read whole each time, and its nodes count as unchanged while its rows are as they were', async () => {
    const scene = usual();
    await scene.run({ clock: () => 0 });
    const before = readEverything(scene.target);
    const part = partOf(await scene.run({ windowRows: 1, clock: () => 1 }), 'task-completions');
    expect(part).toMatchObject({ mode: 'full', read: 3, unchanged: 3, inserted: 0, updated: 0, pruned: false });
    expect(part).toMatchObject({ reason: expect.stringContaining('may change'), warnings: [] });
    expect(readEverything(scene.target)).toEqual(before);
  });

  it.each([
    ['outcome', "'failed'", { outcome: 'failed' }],
    ['task_description', "'Prune'", { task_description: 'Prune' }],
    ['tool_success_count', '9007199254740993', { tool_success_count: 9007199254740992 }],
    ['task_id', 'NULL', { outcome: 'success' }],
  ])('is seen to change, whatever updated_at says: %s = %s', async (column, value, properties) => {
    const scene = usual();
    await scene.run({ clock: () => 0 });
    scene.change(`UPDATE task_tracking SET ${column} = ${value} WHERE id = 2`);
    const part = partOf(await scene.run({ clock: () => 1 }), 'task-completions');
    expect(part).toMatchObject({ read: 3, updated: 1, unchanged: 2 });
    expect(propertiesOf(scene, 'task:2')).toMatchObject(properties);
    const moved = readNodes(scene.target).filter(({ updated_at }) => updated_at !== new Date(0).toISOString());
    expect(moved.map(({ id }) => id)).toEqual(['audit_event:task:2']);
    expect(partOf(await scene.run(), 'task-completions')).toMatchObject({ updated: 0, unchanged: 3 });
  });

  it.each([
    ['1', '1.5'],
    ['0', '0.0'],
    ["'1'", '1'],
    ['9007199254740992', '9007199254740993'],
    ["'a'", "'a' || char(0) || 'b'"],
    ['NULL', "x'61'"],
  ])('is seen to change from %s to %s, or its node does not', async (from, to) => {
    const columns =
      'id INTEGER PRIMARY KEY, task_id, task_description, source, status, outcome, tool_success_count, tool_error_count, created_at, updated_at';
    const scene = orchard({});
    scene.change('DROP TABLE task_tracking');
    scene.change(`CREATE TABLE task_tracking(${columns})`);
    scene.change(`INSERT INTO task_tracking(task_id, tool_success_count, source) VALUES ('A.1', ${from}, ${from})`);
    await scene.run();
    scene.change(`UPDATE task_tracking SET tool_success_count = ${to}, source = ${to}`);
    await scene.run();
    const clean = `${scene.target}-clean`;
    await scene.run({ target: clean });
    expect(readContent(scene.target)).toEqual(readContent(clean));
  });

  it('is seen to grow, in its middle as well', async () => {
    const scene = usual();
    await scene.run();
    scene.append('task_tracking', { id: 100, ...task('B.1') });
    expect(partOf(await scene.run(), 'task-completions')).toMatchObject({ read: 4, inserted: 1, unchanged: 3 });
    scene.append('task_tracking', { id: 50, ...task('B.2') });
    expect(partOf(await scene.run(), 'task-completions')).toMatchObject({ read: 5, inserted: 1, unchanged: 4 });
  });

  it('keeps the nodes of rows that are gone', async () => {
    const scene = usual();
    await scene.run();
    scene.change('DELETE FROM task_tracking WHERE id = 3');
    const part = partOf(await scene.run(), 'task-completions');
    expect(part).toMatchObject({ status: 'ok', read: 2, inserted: 0, updated: 0, unchanged: 2 });
    expect(readContent(scene.target)).toHaveLength(3);
    scene.append('task_tracking', { id: 3, ...task('C.1') });
    expect(partOf(await scene.run(), 'task-completions')).toMatchObject({ read: 3, updated: 1, unchanged: 2 });
    expect(propertiesOf(scene, 'task:3')).toMatchObject({ task_id: 'C.1' });
  });

  it('leaves alone what other scripts changed in the graph, until --full', async () => {
    const scene = usual();
    await scene.run();
    scene.changeGraph("UPDATE kg_nodes SET name = 'x' WHERE id = 'audit_event:task:1'");
    expect(partOf(await scene.run(), 'task-completions')).toMatchObject({ updated: 0, unchanged: 3 });
    expect(partOf(await scene.run({ full: true }), 'task-completions')).toMatchObject({ updated: 1, unchanged: 2 });
  });
});

describe('an extractor that does not say that its rows are only added', () => {
  const job = { extractors: [...builtinExtractors, hostileExtractor] };

  it('folds all rows anew when one has changed', async () => {
    const scene = orchard({ system_events: [event('apple'), event('apricot')] });
    await scene.run(job);
    scene.change("UPDATE system_events SET content = 'almond' WHERE id = 1");
    expect(partOf(await scene.run(job), 'hostile')).toMatchObject({ read: 2, updated: 1, unchanged: 0 });
    expect(propertiesOf(scene, 'hostile:a:%3A%25~')).toMatchObject({ texts: ['almond', 'apricot'] });
  });

  it('goes on where a row has gone over to another node', async () => {
    const scene = orchard({ system_events: [event('apple'), event('apricot')] });
    await scene.run(job);
    scene.change("UPDATE system_events SET content = 'banana' WHERE id = 1");
    expect(partOf(await scene.run(job), 'hostile')).toMatchObject({ status: 'ok', inserted: 1, updated: 1 });
    expect(propertiesOf(scene, 'hostile:a:%3A%25~')).toMatchObject({ texts: ['apricot'] });
  });

  it('is refused where a node would be folded from fewer rows', async () => {
    const scene = orchard({ system_events: [event('apple'), event('apricot')] });
    await scene.run(job);
    scene.change('DELETE FROM system_events WHERE id = 1');
    const report = await scene.run(job);
    expect(report.error).toMatchObject({ code: 'source-forgot', message: expect.stringContaining('1 node would be') });
    expect(exitCodeOf(report)).toBe(6);
    expect(exitCodeOf(await scene.run({ ...job, acceptSource: true }))).toBe(0);
    expect(propertiesOf(scene, 'hostile:a:%3A%25~')).toMatchObject({ texts: ['apricot'] });
  });
});
