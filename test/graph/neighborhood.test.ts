import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findNeighborhood, type NeighborhoodRequest } from '../../src/graph/neighborhood.ts';
import type { Neighborhood } from '../../src/model/neighborhood.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { addHub, addToGraph, type EdgeTriple, type NodeDraft } from '../support/graph-of.ts';
import { tempFolder } from '../support/temp-folder.ts';

const nodes = (...ids: readonly string[]): readonly NodeDraft[] => ids.map((id) => ({ id }));

async function lookAround(
  build: (path: string) => void,
  request: Partial<NeighborhoodRequest> = {},
): Promise<Neighborhood> {
  const path = join(tempFolder(), 'org.db');
  build(path);
  const graph = openGraph(path);
  try {
    return await findNeighborhood(graph, { id: 'tree:apple', depth: 1, limit: 50, ...request });
  } finally {
    await graph.close();
  }
}

const among = (drafts: readonly NodeDraft[], edges: readonly EdgeTriple[], request?: Partial<NeighborhoodRequest>) =>
  lookAround((path) => addToGraph(path, drafts, edges), request);

const idsOf = (found: Neighborhood) => found.nodes.map(({ id, depth }) => `${depth} ${id}`);
const edgesOf = (found: Neighborhood) => found.edges.map((edge) => `${edge.fromNode} ${edge.edgeType} ${edge.toNode}`);

const ORCHARD = nodes('tree:apple', 'row:1', 'field:south', 'farm:hill', 'user:ann');
const WAY: readonly EdgeTriple[] = [
  ['tree:apple', 'STANDS_IN', 'row:1'],
  ['row:1', 'STANDS_IN', 'field:south'],
  ['field:south', 'STANDS_IN', 'farm:hill'],
  ['user:ann', 'WATERS', 'tree:apple'],
];

describe('a neighbourhood', () => {
  test('is what edges lead to in both directions', async () => {
    const found = await among(ORCHARD, WAY);
    expect(idsOf(found)).toEqual(['0 tree:apple', '1 row:1', '1 user:ann']);
    expect(edgesOf(found)).toEqual(['tree:apple STANDS_IN row:1', 'user:ann WATERS tree:apple']);
  });

  test('goes as deep as is wanted', async () => {
    expect(idsOf(await among(ORCHARD, WAY, { depth: 2 })).at(-1)).toBe('2 field:south');
    expect(idsOf(await among(ORCHARD, WAY, { depth: 5 })).at(-1)).toBe('3 farm:hill');
  });

  test('of a node without edges is that node', async () => {
    expect(idsOf(await among(ORCHARD, []))).toEqual(['0 tree:apple']);
  });

  test('has the edges between the outermost nodes, too', async () => {
    const found = await among(ORCHARD, [...WAY, ['user:ann', 'OWNS', 'row:1']]);
    expect(edgesOf(found)).toContain('user:ann OWNS row:1');
  });

  test('holds loops, circles and double edges once each', async () => {
    const edges: readonly EdgeTriple[] = [
      ['tree:apple', 'GRAFTED_ON', 'tree:apple'],
      ['tree:apple', 'BESIDE', 'row:1'],
      ['row:1', 'BESIDE', 'tree:apple'],
      ['tree:apple', 'STANDS_IN', 'row:1'],
    ];
    const found = await among(ORCHARD, edges, { depth: 5 });
    expect(edgesOf(found).toSorted()).toEqual(edges.map((edge) => edge.join(' ')).toSorted());
    expect(found.more).toEqual([]);
  });

  test('shows what is missing as missing, and can begin there', async () => {
    const edges: readonly EdgeTriple[] = [['tree:apple', 'STANDS_IN', 'row:gone']];
    expect((await among(ORCHARD, edges)).nodes[1]).toEqual({
      id: 'row:gone',
      nodeType: 'missing',
      subtype: null,
      name: null,
      label: null,
      isDeleted: false,
      depth: 1,
    });
    expect(idsOf(await among(ORCHARD, edges, { id: 'row:gone' }))).toEqual(['0 row:gone', '1 tree:apple']);
  });

  test('shows what was deleted as deleted, and does not look behind it', async () => {
    const drafts = [...ORCHARD.filter(({ id }) => id !== 'row:1'), { id: 'row:1', deletedAt: '2026-02-05' }];
    const found = await among(drafts, WAY, { depth: 5 });
    expect(idsOf(found)).toEqual(['0 tree:apple', '1 row:1', '1 user:ann']);
    expect(found.nodes.map(({ isDeleted }) => isDeleted)).toEqual([false, true, false]);
    expect(found.more).toEqual([]);
    // Who names it wants to see it.
    expect(idsOf(await among(drafts, WAY, { id: 'row:1' }))).toEqual(['0 row:1', '1 field:south', '1 tree:apple']);
  });

  test('calls an action by the name that its user has by now', async () => {
    const action = (id: string, user: string): NodeDraft => ({
      id,
      name: `[Action] LOGIN by ${user}`,
      subtype: 'user_action',
      properties: JSON.stringify({ eventType: 'LOGIN', userUID: user }),
    });
    const drafts = [
      ...ORCHARD,
      { id: 'user:u%3A17', name: 'Ann Lee' },
      action('audit_event:log:1', 'u:17'),
      action('audit_event:log:2', 'u-18'),
    ];
    const found = await among(drafts, [
      ['tree:apple', 'HAS', 'audit_event:log:1'],
      ['tree:apple', 'HAS', 'audit_event:log:2'],
    ]);
    expect(found.nodes.map(({ label }) => label)).toEqual([
      'tree:apple',
      '[Action] LOGIN by Ann Lee',
      '[Action] LOGIN by u-18',
    ]);
    expect(found.nodes[1]?.name).toBe('[Action] LOGIN by u:17');
  });

  test('of an unknown node is an error', async () => {
    await expect(among(ORCHARD, WAY, { id: 'tree:pear' })).rejects.toThrow(
      expect.objectContaining({ code: 'node-not-found', hint: expect.stringContaining('audit-extract query') }),
    );
  });

  test('is the same in whatever order the graph was written', async () => {
    const forwards = await among(ORCHARD, WAY, { depth: 3 });
    expect(await among(ORCHARD.toReversed(), WAY.toReversed(), { depth: 3 })).toEqual(forwards);
  });
});

describe('where there is more than is wanted', () => {
  const hub = (events: number) => (path: string) => addHub(path, events);
  const request = { id: 'audit_trail:main', limit: 10 };

  test('it is said how much more', async () => {
    const found = await lookAround(hub(500), request);
    expect(found.nodes).toHaveLength(10);
    expect(found.edges).toHaveLength(9);
    expect(found.more).toEqual([{ node: 'audit_trail:main', edges: 491, atLeast: false, cutBy: 'limit' }]);
  });

  test('all that is there is no more', async () => {
    expect((await lookAround(hub(9), request)).more).toEqual([]);
    expect((await lookAround(hub(10), request)).more).toEqual([
      { node: 'audit_trail:main', edges: 1, atLeast: false, cutBy: 'limit' },
    ]);
  });

  test('counting ends somewhere', async () => {
    expect((await lookAround(hub(10_000), request)).more).toMatchObject([
      { edges: 9991, atLeast: false, cutBy: 'limit' },
    ]);
    expect((await lookAround(hub(10_001), request)).more).toMatchObject([{ edges: 9991, atLeast: true }]);
  });

  test('one node does not take the room of the others', async () => {
    const events = Array.from({ length: 30 }, (_, index) => `event:${index}`);
    const found = await among(
      nodes('tree:apple', 'row:1', 'user:ann', 'user:bob', ...events),
      [
        ['tree:apple', 'STANDS_IN', 'row:1'],
        ['user:ann', 'WATERS', 'tree:apple'],
        ...events.map((id): EdgeTriple => ['row:1', 'HAS', id]),
        ['user:ann', 'KNOWS', 'user:bob'],
      ],
      { depth: 2, limit: 8 },
    );
    expect(idsOf(found)).toContain('2 user:bob');
    expect(found.nodes.length).toBeLessThanOrEqual(8);
    expect(found.more).toMatchObject([{ node: 'row:1' }]);
  });

  test('a limit of one is the node, and how much there is around it', async () => {
    const found = await lookAround(hub(3), { ...request, limit: 1 });
    expect([found.nodes.length, found.more[0]?.edges]).toEqual([1, 3]);
  });
});

describe('at the end of the depth', () => {
  const depthCut = (node: string, edges: number) => ({ node, edges, atLeast: false, cutBy: 'depth' });

  test('it is said which nodes have more edges', async () => {
    expect((await among(ORCHARD, WAY)).more).toEqual([depthCut('row:1', 1)]);
    expect((await among(ORCHARD, WAY, { depth: 2 })).more).toEqual([depthCut('field:south', 1)]);
    expect((await among(ORCHARD, WAY, { depth: 3 })).more).toEqual([]);
  });

  test('a node whose every edge leads back to what is shown has no more', async () => {
    const edges: readonly EdgeTriple[] = [
      ...WAY,
      ['row:1', 'BESIDE', 'row:1'],
      ['user:ann', 'OWNS', 'row:1'],
      ['row:1', 'FEEDS', 'tree:apple'],
    ];
    expect((await among(ORCHARD, edges)).more).toEqual([depthCut('row:1', 1)]);
    const inside = edges.filter(([, , to]) => to !== 'field:south');
    expect((await among(ORCHARD, inside)).more).toEqual([]);
  });

  test('a node that leads back by hundreds of edges has no more', async () => {
    const edges = Array.from({ length: 400 }, (_, at): EdgeTriple => ['tree:apple', `BRANCH_${at}`, 'row:1']);
    const found = await among(ORCHARD, edges, { depth: 2, limit: 1000 });
    expect([found.edges.length, found.more]).toEqual([400, []]);
  });

  test('counting ends sooner, as there may be a thousand such nodes', async () => {
    const build = (path: string) => {
      addHub(path, 1200);
      addToGraph(path, nodes('tree:apple'), [['tree:apple', 'ON', 'audit_trail:main']]);
    };
    expect((await lookAround(build)).more).toEqual([
      { node: 'audit_trail:main', edges: 1000, atLeast: true, cutBy: 'depth' },
    ]);
  });
});
