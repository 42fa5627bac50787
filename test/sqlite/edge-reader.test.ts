import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { inspectEdgeTable } from '../../src/sqlite/edge-table.ts';
import { edgeQueries } from '../../src/sqlite/questions/edge-reader.ts';
import { openGraph } from '../../src/sqlite/questions/open-graph.ts';
import { addHub, addToGraph, type EdgeTriple } from '../support/graph-of.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('edges of a node', () => {
  test.for(['first', 'next', 'count'] as const)('are found by an index, and a hub is not sorted: %s', (kind) => {
    const path = join(tempFolder(), 'org.db');
    addHub(path, 10);
    const db = new Database(path, { readonly: true });
    try {
      const queries = edgeQueries(inspectEdgeTable(db, path) ?? new Map())[kind];
      for (const [direction, index] of [
        ['out', 'kg_edges_by_from'],
        ['in', 'kg_edges_by_to'],
      ] as const) {
        const sql = queries[direction];
        const values = Array.from(sql.matchAll(/\?/g), () => 1);
        const plan = db.prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
        const steps = plan.map(({ detail }) => detail).join('\n');
        expect(steps).toContain(index);
        expect(steps).not.toMatch(/SCAN kg_edges\b/);
        // Of edges that share both ends and a type, as others may have made them, a handful is sorted.
        expect(steps.replace('USE TEMP B-TREE FOR LAST TERM OF ORDER BY', '')).not.toContain('TEMP B-TREE');
      }
    } finally {
      db.close();
    }
  });

  test('come page by page, each once, in the order of types and other ends', async () => {
    const path = join(tempFolder(), 'org.db');
    const edges: readonly EdgeTriple[] = ['b', 'a', 'c'].flatMap((end) =>
      ['Z', 'A', 'M'].map((type): EdgeTriple => ['hub:1', type, `leaf:${end}`]),
    );
    addToGraph(path, [{ id: 'hub:1' }], edges);
    const graph = openGraph(path);
    try {
      const pages: string[] = [];
      let page = await graph.edges.page('hub:1', 'out', 2);
      while (page.length > 0) {
        pages.push(...page.map(({ edgeType, toNode }) => `${edgeType} ${toNode}`));
        page = await graph.edges.page('hub:1', 'out', 2, page.at(-1));
      }
      expect(pages).toEqual(edges.map(([, type, to]) => `${type} ${to}`).toSorted());
      const ofLeaf = await graph.edges.page('leaf:a', 'in', 10);
      expect(ofLeaf.map(({ edgeType }) => edgeType)).toEqual(['A', 'M', 'Z']);
      expect([await graph.edges.count('hub:1', 'out', 100), await graph.edges.count('hub:1', 'out', 4)]).toEqual([
        9, 4,
      ]);
    } finally {
      await graph.close();
    }
  });
});
