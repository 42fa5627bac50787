import { describe, expect, it } from 'vitest';
import { builtinLinkers } from '../../src/linkers/index.ts';
import { entityNode } from '../../src/model/entity.ts';
import type { EdgeDraft, Linker } from '../../src/model/linker.ts';
import { changeGraph } from '../support/graph-rows.ts';
import { linkJob } from '../support/link-job.ts';
import { readEverything } from '../support/read-audit.ts';
import { readEdges } from '../support/read-edges.ts';
import { readNodes } from '../support/read-graph.ts';
import { runJob } from '../support/run-job.ts';
import { orchardScene } from '../support/scene.ts';

const EVENTS = 11;
/** Edges that the built-in linkers make of the orchard. */
const ALL = 32;

const beside = (draft: (event: string) => Iterable<EdgeDraft>): Linker => ({
  name: 'beside',
  version: 1,
  summary: 'a test',
  edgeType: 'BESIDE',
  link: ({ id }) => draft(id),
});

const toNowhere = beside((id) => [{ from: { id }, to: { id: 'nowhere:1' } }]);

const besides = (path: string) => readEdges(path).edges.filter((id) => id.startsWith('BESIDE:'));

describe('an edge whose end is not there', () => {
  it('is not made, is counted, and its end is named once', async () => {
    const { source, target } = orchardScene();
    const edges = { linkers: [...builtinLinkers, toNowhere] };
    const expected = { inserted: ALL, missing: EVENTS, missing_ends: ['nowhere:1'] };
    expect((await runJob({ source, target, edges, dryRun: true })).edges).toMatchObject(expected);
    expect((await runJob({ source, target, edges })).edges).toMatchObject(expected);
    expect(readEdges(target).edges).toHaveLength(ALL);
  });

  it('is counted by link, too, which writes nothing for it', async () => {
    const { source, target } = orchardScene();
    await runJob({ source, target, edges: { linkers: builtinLinkers } });
    const edges = { linkers: [...builtinLinkers, toNowhere] };
    const expected = { inserted: 0, unchanged: ALL, missing: EVENTS, missing_ends: ['nowhere:1'] };
    expect((await linkJob({ target, edges, dryRun: true })).edges).toMatchObject(expected);
    expect((await linkJob({ target, edges })).edges).toMatchObject(expected);
    const before = readEverything(target);
    expect((await linkJob({ target, edges })).edges).toMatchObject(expected);
    expect(readEverything(target)).toEqual(before);
  });

  it('keeps no run from finding that nothing is new', async () => {
    const { source, target } = orchardScene();
    const job = { source, target, edges: { linkers: [...builtinLinkers, toNowhere] } };
    await runJob(job);
    const before = readEverything(target);
    for (const full of [true, false, true]) {
      expect((await runJob({ ...job, full })).error).toBeUndefined();
      expect(readEverything(target)).toEqual(before);
    }
  });

  it('is made by link, and by a full run, once its end is there', async () => {
    const graphs = [orchardScene(), orchardScene()];
    const edges = { linkers: [...builtinLinkers, toNowhere] };
    for (const { source, target } of graphs) {
      await runJob({ source, target, edges });
      changeGraph(target, "INSERT INTO kg_nodes VALUES('nowhere:1', 'place', '', 'Here', '{}', '', '', '', '', NULL)");
    }
    const [one, other] = graphs;
    expect((await linkJob({ target: one?.target ?? '', edges })).edges).toMatchObject({ inserted: EVENTS, missing: 0 });
    const report = await runJob({ source: '', target: '', ...other, edges, full: true });
    expect(report.edges).toMatchObject({ inserted: EVENTS, missing: 0 });
    for (const { target } of graphs) expect(besides(target)).toHaveLength(EVENTS);
  });

  it('brings no entity with it', async () => {
    const { source, target } = orchardScene();
    const fromNowhere = beside(() => [{ from: { id: 'nowhere:1' }, to: entityNode('thing', 'one', {}) }]);
    const edges = { linkers: [fromNowhere] };
    const expected = { inserted: 0, nodes_inserted: 0, missing: EVENTS, missing_ends: ['nowhere:1'] };
    expect((await runJob({ source, target, edges, dryRun: true })).edges).toMatchObject(expected);
    expect((await runJob({ source, target, edges })).edges).toMatchObject(expected);
    expect(readNodes(target)).toHaveLength(EVENTS);
  });

  it('is counted for each edge, and the first twenty ends are named', async () => {
    const { source, target } = orchardScene();
    const many = beside((id) => Array.from({ length: 9 }, (_, at) => ({ from: { id }, to: { id: `${id}/${at}` } })));
    const report = await runJob({ source, target, edges: { linkers: [many] } });
    expect(report.edges?.missing).toBe(EVENTS * 9);
    expect(new Set(report.edges?.missing_ends).size).toBe(20);
  });

  it('is made by link where it is an event that the run came to later', async () => {
    const { source, target } = orchardScene();
    const others = [
      'audit_event:sys:1',
      'audit_event:task:1',
      'audit_event:err:b0b00000-0002-4000-8000-000000000002:Read:unknown',
    ];
    const toOthers = beside((id) => others.map((other) => ({ from: { id }, to: { id: other } })));
    const edges = { linkers: [...builtinLinkers, toOthers] };
    await runJob({ source, target, edges });
    expect((await linkJob({ target, edges })).edges.missing).toBe(0);
    expect(besides(target)).toHaveLength(EVENTS * others.length);
  });
});

describe('an event that another program has removed', () => {
  it('gets no edge, is named, and the others get theirs', async () => {
    const { source, target } = orchardScene();
    await runJob({ source, target });
    changeGraph(target, "DELETE FROM kg_nodes WHERE id IN ('audit_event:sys:2', 'audit_event:task:1')");
    const gone = { missing: 2, missing_ends: ['audit_event:sys:2', 'audit_event:task:1'] };
    expect((await linkJob({ target, dryRun: true })).edges).toMatchObject(gone);
    const { edges } = await linkJob({ target });
    expect(edges).toMatchObject(gone);
    const made = readEdges(target).edges;
    expect(made).toHaveLength(edges.inserted);
    expect(made.filter((id) => /sys%3A2$|task%3A1$/.test(id))).toEqual([]);
    const before = readEverything(target);
    expect((await linkJob({ target })).edges).toMatchObject({ inserted: 0, ...gone });
    expect(readEverything(target)).toEqual(before);
  });

  it('gets its edges once a full run has made it again', async () => {
    const { source, target } = orchardScene();
    await runJob({ source, target });
    changeGraph(target, "DELETE FROM kg_nodes WHERE id = 'audit_event:sys:2'");
    await linkJob({ target });
    await runJob({ source, target, full: true });
    expect((await linkJob({ target })).edges).toMatchObject({ missing: 0 });
    expect(readEdges(target).edges).toHaveLength(ALL);
  });
});

it('an edge to an entity that another event makes is made in either order, and foreseen', async () => {
  const { source, target } = orchardScene();
  const thing = entityNode('thing', 'one', {});
  const twice = beside((id) => [
    { from: { id }, to: thing },
    { from: { id }, to: thing },
    { from: { id }, to: { id: thing.id } },
  ]);
  const edges = { linkers: [twice] };
  const expected = { inserted: EVENTS, unchanged: EVENTS * 2, nodes_inserted: 1, missing: 0 };
  expect((await runJob({ source, target, edges, dryRun: true })).edges).toMatchObject(expected);
  expect((await runJob({ source, target, edges })).edges).toMatchObject(expected);
});
