import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import type { GraphStore } from '../../src/model/graph-store.ts';
import type { GraphPlace } from './graph-place.ts';

/** Nodes and edges one by one, wherever the graph is kept. */
export function describeStore(place: GraphPlace): void {
  const opened = async (use: (store: GraphStore, target: string) => Promise<void>) => {
    const target = await place.newTarget();
    const store = await bootstrap(target, { actor: 'ada' });
    try {
      await use(store, target);
    } finally {
      await store.close();
    }
  };
  const TREE = { id: 'tree:1', nodeType: 'tree', name: 'Quince', properties: { age: 12 } };

  describe('the store', () => {
    it('inserts, saves, deletes and restores nodes, and tells of it', () =>
      opened(async ({ nodes, history }) => {
        expect(await nodes.insert(TREE)).toMatchObject({ id: 'tree:1', properties: '{"age":12}', deletedAt: null });
        await expect(nodes.insert(TREE)).rejects.toMatchObject({ code: 'record-exists' });
        expect(await nodes.save({ ...TREE, name: 'Medlar' })).toMatchObject({ name: 'Medlar' });
        expect(await nodes.delete('tree:1')).toBe(true);
        expect(await nodes.get('tree:1')).toBeUndefined();
        expect(await nodes.get('tree:1', { includeDeleted: true })).toMatchObject({ name: 'Medlar' });
        expect(await nodes.restore('tree:1')).toBe(true);
        expect(await nodes.delete('tree:2')).toBe(false);
        expect(await nodes.list({ type: 'tree' })).toHaveLength(1);
        const { changes } = await history();
        expect(changes.map(({ operation, actor }) => [operation, actor])).toEqual(
          ['restore', 'soft_delete', 'update', 'insert'].map((operation) => [operation, 'ada']),
        );
        expect(JSON.parse(changes[2]?.before ?? '')).toMatchObject({ name: 'Quince' });
      }));

    it('joins nodes that are there, and takes edges away and brings them back', () =>
      opened(async ({ nodes, edges }) => {
        await nodes.insertMany([TREE, { ...TREE, id: 'tree:2' }]);
        const edge = { edgeType: 'BESIDE', fromNode: 'tree:1', toNode: 'tree:2', properties: { steps: 3 } };
        const { id } = await edges.insert(edge);
        expect(await edges.get(id)).toMatchObject({ ...edge, properties: '{"steps":3}' });
        await expect(edges.insert(edge)).rejects.toMatchObject({ code: 'record-exists' });
        await expect(edges.insert({ ...edge, toNode: 'tree:3' })).rejects.toMatchObject({ code: 'record-invalid' });
        expect(await edges.save({ ...edge, properties: { steps: 4 } })).toMatchObject({ properties: '{"steps":4}' });
        expect(await edges.delete(id)).toBe(true);
        expect(await edges.get(id)).toBeUndefined();
        expect(await edges.restore(id)).toBe(true);
        expect(await edges.get(id)).toMatchObject({ properties: '{"steps":4}' });
      }));

    it('does all of a transaction or none of it', () =>
      opened(async (store) => {
        const failing = store.transaction(async () => {
          await store.nodes.insert(TREE);
          expect(await store.nodes.get('tree:1')).toBeDefined();
          throw new Error('changed my mind');
        });
        await expect(failing).rejects.toThrow('changed my mind');
        expect(await store.nodes.get('tree:1')).toBeUndefined();
        await store.transaction(async () => {
          await store.nodes.insert(TREE);
          await store.nodes.save({ ...TREE, name: 'Medlar' });
        });
        expect(await store.nodes.get('tree:1')).toMatchObject({ name: 'Medlar' });
      }));

    it('prunes its history, and keeps that it did', () =>
      opened(async (store) => {
        await store.nodes.insertMany([TREE, { ...TREE, id: 'tree:2' }]);
        expect(await store.pruneHistory(Date.now() + 60_000)).toBe(2);
        const { changes } = await store.history();
        expect(changes).toMatchObject([{ component: 'change_log', operation: 'prune', actor: 'ada' }]);
      }));
  });
}
