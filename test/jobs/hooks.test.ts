import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { type Hook, VETO } from '../../src/model/hook.ts';
import type { NodeRecord } from '../../src/model/node.ts';
import { readAll } from '../support/graph-rows.ts';
import { failure, orchard, partOf, propertiesOf } from '../support/growing-orchard.ts';
import { countedEntries, keptCounts } from '../support/read-counts.ts';
import { readNodes } from '../support/read-graph.ts';
import { SECRETS } from '../support/secrets.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { verifyJob } from '../support/verify-job.ts';

const note = (id: string) => ({ id, nodeType: 'note', name: id });
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const mark = (node: NodeRecord): NodeRecord => ({
  ...node,
  properties: JSON.stringify({ ...JSON.parse(node.properties), marked: true }),
});

/** Not what TypeScript lets anybody write; hooks are JavaScript. */
const alter = (node: NodeRecord): undefined => void Object.assign(node, { properties: 'none' });

describe('hooks of a store', () => {
  it('are called before and after, in their order, for their type or for all', async () => {
    const called: string[] = [];
    const hook = (name: string, nodeType?: string): Hook => ({
      name,
      ...(nodeType !== undefined && { nodeType }),
      beforeInsert: ({ id }) => void called.push(`${name} before insert ${id}`) as undefined,
      afterInsert: ({ id }) => void called.push(`${name} after insert ${id}`),
      beforeUpdate: ({ name: is }, before) =>
        void called.push(`${name} before update ${before.name} ${is}`) as undefined,
      afterUpdate: ({ name: is }, before) => void called.push(`${name} after update ${before.name} ${is}`),
      beforeDelete: ({ id }) => void called.push(`${name} before delete ${id}`) as undefined,
      afterDelete: ({ id }) => void called.push(`${name} after delete ${id}`),
    });
    const hooks = [hook('all'), hook('notes', 'note'), hook('others', 'other')];
    const store = await bootstrap(join(tempFolder(), 'org.db'), { hooks });
    await store.nodes.insert(note('a'));
    await store.nodes.save({ ...note('a'), name: 'A' });
    await store.nodes.save({ ...note('a'), name: 'A' });
    await store.nodes.delete('a');
    expect(called).toEqual(
      ['insert a', 'update a A', 'delete a'].flatMap((what) =>
        ['before', 'after'].flatMap((when) => ['all', 'notes'].map((name) => `${name} ${when} ${what}`)),
      ),
    );
    await store.close();
  });

  it('may change a node, or veto it', async () => {
    const hooks: readonly Hook[] = [
      { name: 'marks', beforeInsert: mark, beforeUpdate: mark },
      { name: 'no-bs', beforeInsert: ({ id }) => (id === 'b' ? VETO : undefined), beforeDelete: () => VETO },
    ];
    const store = await bootstrap(join(tempFolder(), 'org.db'), { hooks });
    expect(await store.nodes.insert(note('a'))).toMatchObject({ properties: '{"marked":true}' });
    expect(await store.nodes.save(note('a'))).toMatchObject({ properties: '{"marked":true}' });
    await expect(store.nodes.insert(note('b'))).rejects.toMatchObject({ code: 'record-vetoed' });
    await expect(store.nodes.insertMany([note('c'), note('b')])).rejects.toMatchObject({ code: 'record-vetoed' });
    expect(await store.nodes.delete('a')).toBe(false);
    expect((await store.nodes.list()).map(({ id }) => id)).toEqual(['a']);
    expect((await store.history()).changes).toHaveLength(1);
    await store.close();
  });

  it('bring no secret of theirs into the graph', async () => {
    const [secret = ''] = Object.values(SECRETS).flat();
    const tell = (node: NodeRecord) => ({ ...node, name: secret, properties: JSON.stringify({ a: secret }) });
    const hooks: readonly Hook[] = [{ name: 'tells', beforeInsert: tell, beforeUpdate: tell }];
    const path = join(tempFolder(), 'org.db');
    const store = await bootstrap(path, { hooks });
    await store.nodes.insert(note('a'));
    const { changes } = await store.history();
    await store.close();
    expect(JSON.stringify([readAll(path, 'SELECT * FROM kg_nodes'), changes])).not.toContain(secret);
    const run = orchard({ tool_analytics: [failure()] });
    await run.run({ hooks });
    expect(JSON.stringify(readAll(run.target, 'SELECT * FROM kg_nodes'))).not.toContain(secret);
    expect((await run.run({ hooks })).totals).toMatchObject({ inserted: 0, updated: 0 });
  });

  it('are not called for a node that cannot be inserted, as it is there', async () => {
    const called: string[] = [];
    const hook: Hook = { name: 'told', beforeUpdate: ({ id }) => void called.push(id) as undefined };
    const store = await bootstrap(join(tempFolder(), 'org.db'), { hooks: [hook] });
    await store.nodes.insert(note('a'));
    await expect(store.nodes.insert({ ...note('a'), name: 'A' })).rejects.toMatchObject({ code: 'record-exists' });
    expect(called).toEqual([]);
    await store.close();
  });

  it('write no secret, no layout and no half character', async () => {
    const hook: Hook = {
      name: 'leaks',
      beforeInsert: (node) => ({
        ...node,
        name: `${node.name} ${token} \ud800`,
        properties: `{ "token": "${token}", "half": "\\ud800", "n": 12345678901234567890 }`,
      }),
    };
    const store = await bootstrap(join(tempFolder(), 'org.db'), { hooks: [hook] });
    const made = await store.nodes.insert(note('a'));
    expect(made).toMatchObject({
      name: 'a [redacted:github-token] \ufffd',
      properties: '{"token":"[redacted:github-token]","half":"\ufffd","n":12345678901234567890}',
    });
    expect(JSON.stringify(await store.history())).not.toContain(token);
    await store.close();
  });

  const broken: readonly (readonly [string, Hook, RegExp])[] = [
    [
      'throws',
      {
        name: 'bad',
        afterInsert: () => {
          throw new Error('of all things');
        },
      },
      /hook bad failed: of all things/,
    ],
    ['is asynchronous', { name: 'bad', beforeInsert: (async () => undefined) as never }, /asynchronous/],
    ['gives another id', { name: 'bad', beforeInsert: (node) => ({ ...node, id: 'x' }) }, /another id/],
    [
      'gives properties that are none',
      { name: 'bad', beforeInsert: (node) => ({ ...node, properties: '[]' }) },
      /properties/,
    ],
    ['gives no name', { name: 'bad', beforeInsert: (node) => ({ ...node, name: '' }) }, /without a name/],
    ['gives anything', { name: 'bad', beforeInsert: () => 7 as never }, /neither a node nor a veto/],
    ['alters what it is shown', { name: 'bad', beforeInsert: alter }, /read only property 'properties'/],
    ['alters what was written', { name: 'bad', afterInsert: alter }, /read only property 'properties'/],
    [
      'throws what says nothing',
      {
        name: 'bad',
        beforeInsert: () => {
          throw Object.create(null);
        },
      },
      /what was thrown says nothing/,
    ],
  ];
  it.each(broken)('one that %s undoes all, and is named', async (_, hook, message) => {
    const store = await bootstrap(join(tempFolder(), 'org.db'), { hooks: [hook] });
    const failing = store.nodes.insertMany([note('a'), note('b')]);
    await expect(failing).rejects.toMatchObject({ code: 'hook-failed', message: expect.stringMatching(message) });
    expect(await store.nodes.list()).toEqual([]);
    expect((await store.history()).changes).toEqual([]);
    await store.close();
  });
});

const KINDS = { err: 'tool_error', sys: 'session_boundary', task: 'task_completion' };

describe('hooks of a run', () => {
  const rows = {
    tool_analytics: [failure(), failure({ session_id: 'test' }), failure({ session_id: 'test' })],
    system_events: [{ subtype: 'local_command', content: 'ls' }],
  };
  const noTests: Hook = {
    name: 'no-tests',
    beforeInsert: ({ properties }) => (properties.includes('"session_id":"test"') ? VETO : undefined),
  };
  const marks: Hook = { name: 'marks', nodeType: 'audit_event', beforeInsert: mark, beforeUpdate: mark };

  it('veto nodes: they are counted, in no count of the graph, and come with later runs without the hook', async () => {
    const scene = orchard(rows);
    const report = await scene.run({ hooks: [noTests], edges: { linkers: builtinLinkers } });
    expect(partOf(report, 'tool-errors')).toMatchObject({ read: 3, inserted: 1, unchanged: 0, vetoed: 1 });
    expect(propertiesOf(scene, 'err:test:Bash:timeout')).toBeUndefined();
    expect(keptCounts(scene.target, ['tool_error']).sessions.size).toBe(1);
    expect(readAll(scene.target, "SELECT id FROM kg_edges WHERE id LIKE '%err%3Atest%'")).toEqual([]);
    expect((await verifyJob({ ...scene, hooks: [noTests] })).agrees).toBe(true);
    expect((await verifyJob(scene)).agrees).toBe(false);

    scene.append('tool_analytics', failure({ session_id: 'test' }));
    expect(partOf(await scene.run({ hooks: [noTests] }), 'tool-errors')).toMatchObject({
      read: 1,
      inserted: 0,
      vetoed: 1,
    });
    scene.append('tool_analytics', failure({ session_id: 'test' }));
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ read: 1, inserted: 1 });
    expect(propertiesOf(scene, 'err:test:Bash:timeout')).toMatchObject({ error_count: 4 });
    expect(keptCounts(scene.target, Object.values(KINDS))).toEqual(countedEntries(scene.target, KINDS));
    expect((await verifyJob(scene)).agrees).toBe(true);
  });

  it('change nodes, the same way each time, so that a run with nothing new changes nothing', async () => {
    const scene = orchard(rows);
    await scene.run({ hooks: [marks] });
    expect(propertiesOf(scene, 'err:s:Bash:timeout')).toMatchObject({ error_count: 1, marked: true });
    expect((await scene.run({ hooks: [marks] })).totals).toMatchObject({ inserted: 0, updated: 0 });
    expect((await scene.run({ hooks: [marks], full: true })).totals).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: 3,
    });
    scene.append('tool_analytics', failure());
    expect((await scene.run({ hooks: [marks] })).totals).toMatchObject({ inserted: 0, updated: 1 });
    expect(propertiesOf(scene, 'err:s:Bash:timeout')).toMatchObject({ error_count: 2, marked: true });
    expect(await verifyJob({ ...scene, hooks: [marks] })).toMatchObject({ agrees: true });
    expect(await verifyJob(scene)).toMatchObject({ agrees: false });
  });

  it('write no secret, and verify knows them all the same', async () => {
    const leaks: Hook = { name: 'leaks', beforeInsert: (node) => ({ ...node, name: `${node.name} ${token}` }) };
    const scene = orchard(rows);
    await scene.run({ hooks: [leaks] });
    expect(JSON.stringify(readNodes(scene.target))).not.toContain(token);
    expect((await verifyJob({ ...scene, hooks: [leaks] })).agrees).toBe(true);
  });

  it('a dry run calls those that come before, and says what a run does', async () => {
    const scene = orchard(rows);
    const dry = await scene.run({ hooks: [noTests, marks], dryRun: true });
    const live = await scene.run({ hooks: [noTests, marks] });
    expect(dry.totals).toEqual(live.totals);
    expect(partOf(dry, 'tool-errors')).toMatchObject({ vetoed: 1 });
  });

  it('one that throws undoes the batch, and fails its extractor alone', async () => {
    const scene = orchard(rows);
    const picky: Hook = {
      name: 'picky',
      afterInsert: ({ subtype }) => {
        if (subtype === 'tool_error') throw new Error('no errors, please');
      },
    };
    const report = await scene.run({ hooks: [picky] });
    expect(partOf(report, 'tool-errors')).toMatchObject({
      status: 'failed',
      error: { code: 'hook-failed', message: 'hook picky failed: no errors, please' },
    });
    expect(readNodes(scene.target).map(({ id }) => id)).toEqual(['audit_event:sys:1']);
    expect(readAll(scene.target, 'SELECT key FROM audit_entries')).toEqual([{ key: 'sys:1' }]);
    expect((await scene.run()).totals).toMatchObject({ inserted: 2 });
    expect((await verifyJob(scene)).agrees).toBe(true);
  });
});
