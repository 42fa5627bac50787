import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/engine/run.ts';
import { event, failures, type Orchard, orchard, partOf, propertiesOf, task } from '../support/growing-orchard.ts';
import { readEverything } from '../support/read-audit.ts';
import { readContent } from '../support/read-graph.ts';

type Ids = 'never reused' | 'reused';
const events = (count: number, say = (i: number) => `command ${i}`) =>
  Array.from({ length: count }, (_, i) => event(say(i)));

async function begun(ids: Ids, count = 30): Promise<Orchard> {
  const scene = orchard({ system_events: events(count), task_tracking: [task('A.1')] }, ids);
  await scene.run();
  return scene;
}

/** Refused with exit code 6 and a hint, live and dry, and nothing is written. */
async function refuses(scene: Orchard, says: RegExp): Promise<void> {
  const before = readEverything(scene.target);
  for (const options of [{}, { dryRun: true }, { full: true }]) {
    const report = await scene.run(options);
    expect(exitCodeOf(report)).toBe(6);
    expect(report.error).toMatchObject({ code: 'source-changed', message: expect.stringMatching(says) });
    expect(report.error?.hint).toContain('--accept-source');
    expect(report.error?.message).toContain(scene.source);
    expect(readEverything(scene.target)).toEqual(before);
  }
}

describe.each<Ids>(['never reused', 'reused'])('a source whose row ids are %s', (ids) => {
  it('is refused when another one stands in its place', async () => {
    const scene = await begun(ids);
    const other = orchard({ system_events: events(50, (i) => `other ${i}`) }, ids);
    copyFileSync(other.source, scene.source);
    await refuses(scene, /other rows than those that were read, at 30, 29, 28/);
  });

  it('is refused when it was cut', async () => {
    const scene = await begun(ids);
    scene.change('DELETE FROM system_events WHERE id > 20');
    await refuses(scene, /ends at row 20, before row 30/);
  });

  it('is refused when it was emptied', async () => {
    const scene = await begun(ids);
    scene.change('DELETE FROM system_events');
    await refuses(scene, /ends at row none, before row 30/);
  });

  it('is refused when its rows were numbered anew', async () => {
    const scene = await begun(ids);
    scene.change('DELETE FROM system_events WHERE id <= 5');
    scene.change('UPDATE system_events SET id = id - 5');
    scene.append('system_events', ...events(20, (i) => `later ${i}`));
    await refuses(scene, /other rows than those that were read/);
  });

  it('is taken as it is with --accept-source: derived in full, and no node is removed', async () => {
    const scene = await begun(ids);
    const before = readContent(scene.target).map(({ id }) => id);
    scene.change('DELETE FROM system_events WHERE id > 20');
    scene.change("UPDATE system_events SET content = 'other' WHERE id = 1");
    const report = await scene.run({ acceptSource: true });
    const reason = expect.stringContaining('accepted');
    expect(partOf(report, 'session-boundaries')).toMatchObject({ status: 'ok', mode: 'full', reason, updated: 1 });
    expect(readContent(scene.target).map(({ id }) => id)).toEqual(before);
    scene.append('system_events', { id: 31, ...event('new') });
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({
      mode: 'incremental',
      read: 1,
      inserted: 1,
    });
  });

  it('says of its new rows what they say, also where the one before had rows of these ids', async () => {
    const scene = await begun(ids);
    scene.change('DELETE FROM system_events WHERE id > 20');
    await scene.run({ acceptSource: true });
    scene.append('system_events', { id: 21, ...event('new') });
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 1, skipped: 0 });
    expect(propertiesOf(scene, 'sys:21')).toMatchObject({ content: 'new' });
  });

  it('warns of single rows that were edited, and goes on', async () => {
    const scene = await begun(ids);
    scene.change("UPDATE system_events SET level = 'edited' WHERE id IN (20, 29)");
    scene.append('system_events', event('new'));
    const part = partOf(await scene.run(), 'session-boundaries');
    expect(part).toMatchObject({ status: 'ok', mode: 'incremental', read: 1, inserted: 1, pruned: false });
    expect(part.warnings).toEqual([expect.stringContaining('row 29 of'), expect.stringContaining('row 20 of')]);
  });

  it('goes on when a column of others was added, and when theirs changed', async () => {
    const scene = await begun(ids);
    scene.change('ALTER TABLE system_events ADD COLUMN note');
    scene.change("UPDATE system_events SET note = 'x'");
    scene.append('system_events', event('new'));
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({
      mode: 'incremental',
      read: 1,
      warnings: [],
    });
  });

  it('goes on when old rows are gone, and says that it was pruned', async () => {
    const scene = await begun(ids);
    const before = readContent(scene.target).length;
    for (const [last, read] of [
      [10, 1],
      [29, 1],
      [29, 0],
    ] as const) {
      scene.change('DELETE FROM system_events WHERE id <= ?', last);
      if (read > 0) scene.append('system_events', event('new'));
      const part = partOf(await scene.run(), 'session-boundaries');
      expect(part).toMatchObject({
        status: 'ok',
        mode: 'incremental',
        read,
        inserted: read,
        pruned: true,
        warnings: [],
      });
    }
    expect(readContent(scene.target)).toHaveLength(before + 2);
  });

  it('is not pruned where the first row never was there, and where rows in the middle are gone', async () => {
    const scene = orchard({ system_events: [{ id: 100, ...event('a') }, ...events(5)] }, ids);
    await scene.run();
    scene.change('DELETE FROM system_events WHERE id IN (101, 103)');
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ pruned: false, warnings: [] });
  });

  it('is the same one where only its path or inode is another', async () => {
    const scene = await begun(ids);
    const folder = join(scene.folder, 'moved');
    mkdirSync(folder);
    const source = join(folder, 'elsewhere.db');
    copyFileSync(scene.source, source);
    expect(partOf(await scene.run({ source }), 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 0 });
    copyFileSync(source, scene.source);
    scene.append('system_events', event('new'));
    scene.change('VACUUM');
    expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ mode: 'incremental', read: 1 });
  });

  it('is another one even when it is the same in its older rows alone', async () => {
    const scene = await begun(ids, 60);
    scene.change('DELETE FROM system_events WHERE id > 40');
    const rows = events(40, (i) => `instead ${i}`);
    scene.append('system_events', ...rows.map((row, i) => ({ id: 41 + i, ...row })));
    await refuses(scene, /other rows than those that were read/);
  });
});

it('of a source whose ids may come again, the last row and another one that differ mean that it was cut', async () => {
  const scene = await begun('reused');
  scene.change('DELETE FROM system_events WHERE id >= 29');
  scene.append('system_events', event('instead'), event('instead'), event('instead'));
  await refuses(scene, /other rows than those that were read, at 30, 29/);
});

it('is known again whatever case its columns are written in', async () => {
  const columns = 'ID INTEGER PRIMARY KEY, Entry_Id, SUBTYPE, level, CONTENT, compact_trigger';
  const scene = orchard({});
  scene.change('DROP TABLE system_events');
  scene.change(`CREATE TABLE System_Events(${columns})`);
  scene.append('system_events', event('a'), event('b'));
  expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ status: 'ok', inserted: 2 });
  scene.append('system_events', event('c'));
  expect(partOf(await scene.run(), 'session-boundaries')).toMatchObject({ status: 'ok', mode: 'incremental', read: 1 });
});

it('of a shorter table all rows say which it is', async () => {
  const scene = await begun('reused', 2);
  scene.change("UPDATE system_events SET content = 'x' || content");
  await refuses(scene, /other rows/);
});

it('a stranger is refused before any extractor has written', async () => {
  const scene = orchard({ tool_analytics: failures(2), system_events: events(20) });
  await scene.run();
  scene.append('tool_analytics', ...failures(2));
  scene.change('DELETE FROM system_events WHERE id > 10');
  await refuses(scene, /ends at row 10/);
  expect(propertiesOf(scene, 'err:s:Bash:timeout')).toMatchObject({ error_count: 2 });
});
