import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { toolErrors } from '../../src/extractors/tool-errors.ts';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import { prepareEventCensus } from '../../src/sqlite/questions/event-census.ts';
import { prepareEventTotals } from '../../src/sqlite/search/event-totals.ts';
import { inspectTable } from '../../src/sqlite/table-shape.ts';
import { changeGraph, readAll, readValue } from '../support/graph-rows.ts';
import { failure, orchard, partOf, propertiesOf } from '../support/growing-orchard.ts';
import { countedEntries, keptCounts } from '../support/read-counts.ts';
import { verifyJob } from '../support/verify-job.ts';

const ERROR = 'audit_event:err:s:Bash:timeout';
const KINDS = { err: 'tool_error', sys: 'session_boundary', task: 'task_completion' };

async function edit(target: string, action: 'delete' | 'restore', id = ERROR): Promise<void> {
  const store = await bootstrap(target, { create: false });
  expect(await store.nodes[action](id)).toBe(true);
  await store.close();
}

describe('a node that is deleted', () => {
  it('is kept up to date by runs, which say so, and stays deleted', async () => {
    const scene = orchard({ tool_analytics: [failure(), failure({ session_id: 'other' })] });
    await scene.run();
    await edit(scene.target, 'delete');
    scene.append('tool_analytics', failure());
    const part = partOf(await scene.run(), 'tool-errors');
    expect(part).toMatchObject({ updated: 1, deleted: 1 });
    expect(part.warnings).toEqual([expect.stringMatching(/^1 node is deleted, and stays so/)]);
    expect(propertiesOf(scene, 'err:s:Bash:timeout')).toMatchObject({ error_count: 2 });
    expect(readValue(scene.target, `SELECT deleted_at IS NOT NULL FROM kg_nodes WHERE id = '${ERROR}'`)).toBe(1);
    expect(partOf(await scene.run({ full: true }), 'tool-errors')).toMatchObject({ unchanged: 2, deleted: 1 });
    expect(partOf(await scene.run({ full: true, dryRun: true }), 'tool-errors')).toMatchObject({ deleted: 1 });
    expect(await verifyJob(scene)).toMatchObject({ agrees: true });
    const store = await bootstrap(scene.target);
    const [update] = (await store.history({ record: ERROR, operation: 'update' })).changes;
    for (const said of [update?.before, update?.after]) expect(JSON.parse(said ?? '')).toHaveProperty('deleted_at');
    await store.close();
  });

  it('is said to be deleted in the log, before and after a run has updated it', async () => {
    const scene = orchard({ tool_analytics: [failure()] });
    await scene.run();
    await edit(scene.target, 'delete');
    scene.append('tool_analytics', failure());
    await scene.run();
    const store = await bootstrap(scene.target, { create: false });
    const { changes } = await store.history({ record: ERROR, operation: 'update' });
    await store.close();
    const deletedAt = readValue(scene.target, `SELECT deleted_at FROM kg_nodes WHERE id = '${ERROR}'`);
    const told = changes.map(({ before, after }) => [before, after].map((json) => JSON.parse(json ?? '').deleted_at));
    expect(told).toEqual([[deletedAt, deletedAt]]);
  });

  it('is in no count until it is brought back', async () => {
    const scene = orchard({ tool_analytics: [failure(), failure({ session_id: 'other' })] });
    await scene.run();
    await edit(scene.target, 'delete');
    expect(keptCounts(scene.target, ['tool_error']).sessions).toEqual(new Map([['["other","tool_error"]', [1, 1]]]));
    scene.append('tool_analytics', failure({ created_at: '2026-03-04T08:00:00Z' }));
    await scene.run();
    expect(keptCounts(scene.target, ['tool_error']).sessions).toEqual(new Map([['["other","tool_error"]', [1, 1]]]));
    await edit(scene.target, 'restore');
    expect(keptCounts(scene.target, Object.values(KINDS))).toEqual(countedEntries(scene.target, KINDS));
    await edit(scene.target, 'delete');
    await edit(scene.target, 'restore');
    expect(keptCounts(scene.target, Object.values(KINDS))).toEqual(countedEntries(scene.target, KINDS));
  });

  it('has its marks in a table of ours where kg_nodes has no column for them', async () => {
    const scene = orchard({ tool_analytics: [failure()] });
    changeGraph(scene.target, 'CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, name TEXT, properties TEXT)');
    await scene.run();
    await edit(scene.target, 'delete');
    expect(readAll(scene.target, 'SELECT id FROM audit_tombstones')).toEqual([{ id: ERROR }]);
    scene.append('tool_analytics', failure());
    expect(partOf(await scene.run(), 'tool-errors')).toMatchObject({ updated: 1, deleted: 1 });
    await edit(scene.target, 'restore');
    expect(readAll(scene.target, 'SELECT id FROM audit_tombstones')).toEqual([]);
    expect(partOf(await scene.run({ full: true }), 'tool-errors')).not.toHaveProperty('deleted');
  });

  it('is in no count where kg_nodes does not say what kinds of nodes it has, either', async () => {
    const scene = orchard({ tool_analytics: [failure(), failure({ session_id: 'other' })] });
    changeGraph(scene.target, 'CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, name TEXT, properties TEXT)');
    const extractors = [toolErrors, { ...toolErrors, name: 'mine', prefix: 'mine', subtype: 'my_error' }];
    await scene.run({ extractors });
    const kinds = { ...KINDS, mine: 'my_error' };
    const before = countedEntries(scene.target, kinds);
    expect(keptCounts(scene.target, Object.values(kinds))).toEqual(before);
    for (const id of [ERROR, 'audit_event:mine:s:Bash:timeout']) await edit(scene.target, 'delete', id);
    expect(keptCounts(scene.target, Object.values(kinds)).sessions).toEqual(
      new Map([
        ['["other","tool_error"]', [1, 1]],
        ['["other","my_error"]', [1, 1]],
      ]),
    );
    for (const id of [ERROR, 'audit_event:mine:s:Bash:timeout']) await edit(scene.target, 'restore', id);
    expect(keptCounts(scene.target, Object.values(kinds))).toEqual(before);
    expect(readValue(scene.target, "SELECT count(*) FROM audit_days WHERE subtype = ''")).toBe(0);
  });

  it('is recorded, which stats and searches know, however long its id is and however many times it was deleted', async () => {
    const long = 'x'.repeat(600);
    const scene = orchard({ tool_analytics: ['s', 'other', long].map((session_id) => failure({ session_id })) });
    await scene.run();
    changeGraph(
      scene.target,
      `INSERT INTO kg_nodes(id, node_type, name, created_at, updated_at) VALUES ('row', 'row', '', '', '')`,
    );
    for (const { id } of readAll<{ id: string }>(scene.target, "SELECT id FROM kg_nodes WHERE id NOT LIKE '%other%'"))
      await edit(scene.target, 'delete', id);
    const db = new Database(scene.target, { readonly: true });
    const table = inspectTable(db, 'kg_nodes');
    if (table === undefined) throw new Error('no kg_nodes');
    expect(prepareEventTotals(db, table, 'kg_nodes_by_subtype').isAllRecorded()).toBe(true);
    expect(prepareEventCensus(db, table)()).toEqual({ unrecorded: 0, lost: 0, deleted: 0 });
    db.close();
  });

  it('with an id that is but the beginning of its key is one like any other', async () => {
    const session_id = 'x'.repeat(600);
    const scene = orchard({ tool_analytics: [failure({ session_id }), failure({ session_id: `${session_id}y` })] });
    await scene.run();
    const [first] = readAll<{ id: string }>(scene.target, 'SELECT id FROM kg_nodes ORDER BY name, id');
    await edit(scene.target, 'delete', first?.id);
    expect(readValue(scene.target, 'SELECT sum(hidden) FROM audit_entries')).toBe(1);
    expect(keptCounts(scene.target, ['tool_error']).sessions.size).toBe(1);
  });
});
