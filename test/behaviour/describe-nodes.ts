import { describe, expect, it, onTestFinished } from 'vitest';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import type { GraphStore, NodeInput } from '../../src/model/graph-store.ts';
import type { JsonValue } from '../../src/model/json.ts';
import type { GraphPlace } from './graph-place.ts';

const note = (id: string, more: Partial<NodeInput> = {}): NodeInput => ({ id, nodeType: 'note', name: id, ...more });

const idsOf = async (store: GraphStore) => (await store.nodes.list()).map(({ id }) => id);
const logOf = async (store: GraphStore, record?: string) =>
  (await store.history({ record })).changes.map(({ operation, recordId, actor }) => [operation, recordId, actor]);

/** What a store promises of nodes, wherever the graph is kept. */
export function describeNodes(place: GraphPlace): void {
  const storeOf = async (more: { readonly clock?: () => number } = {}): Promise<GraphStore> => {
    const store = await bootstrap(await place.newTarget(), { actor: 'tester', ...more });
    onTestFinished(() => store.close());
    return store;
  };

  describe('the nodes of a store', () => {
    it('inserts, gets and lists them, in the order of ids', async () => {
      const store = await storeOf();
      const made = await store.nodes.insert(note('note:b', { properties: { text: 'B', pages: 2 }, subtype: 'long' }));
      expect(made).toEqual({
        ...{ id: 'note:b', nodeType: 'note', subtype: 'long', name: 'note:b', properties: '{"text":"B","pages":2}' },
        ...{ sourceTable: null, sourceId: null, deletedAt: null },
        ...{ createdAt: expect.stringMatching(/Z$/), updatedAt: expect.stringMatching(/Z$/) },
      });
      await store.nodes.insertMany([note('note:c'), note('note:a'), note('other', { nodeType: 'other' })]);
      expect(await store.nodes.get('note:b')).toEqual(made);
      expect(await store.nodes.get('note:z')).toBeUndefined();
      expect(await idsOf(store)).toEqual(['note:a', 'note:b', 'note:c', 'other']);
      expect((await store.nodes.list({ type: 'note', after: 'note:a', limit: 1 })).map(({ id }) => id)).toEqual([
        'note:b',
      ]);
      expect([await store.nodes.insertMany([]), await store.nodes.deleteMany([])]).toEqual([[], 0]);
    });

    it('refuses to insert one twice, and what is no node', async () => {
      const store = await storeOf();
      await store.nodes.insert(note('note:a'));
      await expect(store.nodes.insert(note('note:a'))).rejects.toMatchObject({ code: 'record-exists' });
      const twice = [note('note:b'), note('note:b')];
      await expect(store.nodes.insertMany(twice)).rejects.toMatchObject({ code: 'record-exists' });
      const circular: Record<string, JsonValue> = {};
      circular['self'] = circular;
      const wrong: readonly NodeInput[] = [
        note(''),
        note('a', { name: '' }),
        note('a', { nodeType: '' }),
        note('a', { properties: '[1]' }),
        note('a', { properties: 'no JSON' }),
        note(`a${'x'.repeat(512)}`),
        note('a\ud800'),
        note('a', { subtype: '\udc00' }),
        note('a', { properties: '{"a":"\ud800"}' }),
        // JavaScript gives what TypeScript would not.
        note('a', { subtype: 5 as never }),
        note('a', { properties: [1] as never }),
        note('a', { properties: { when: new Date(0) } as never }),
        note('a', { properties: circular }),
        note('a', { properties: { pages: Number.NaN } }),
      ];
      for (const input of wrong) {
        await expect(store.nodes.insert(input)).rejects.toMatchObject({ code: 'record-invalid' });
        await expect(store.nodes.save(input)).rejects.toMatchObject({ code: 'record-invalid' });
      }
      expect(await idsOf(store)).toEqual(['note:a']);
    });

    it('writes JSON text compactly, its numbers as they are, so that other layout is no change', async () => {
      const store = await storeOf();
      const text = '{ "text" : "a  b",\n "big" : 12345678901234567890 }';
      const compact = { properties: '{"text":"a  b","big":12345678901234567890}' };
      expect(await store.nodes.insert(note('note:a', { properties: text }))).toMatchObject(compact);
      expect(await store.nodes.save(note('note:a', compact))).toMatchObject(compact);
      expect(await store.nodes.get('note:a')).toMatchObject(compact);
      await store.nodes.insert(note('note:b'));
      const edge = { edgeType: 'LIKES', fromNode: 'note:a', toNode: 'note:b' };
      expect(await store.edges.insert({ ...edge, properties: text })).toMatchObject(compact);
      expect((await logOf(store)).map(([operation]) => operation)).not.toContain('update');
    });

    it('counts those of a type, deleted ones too, up to a limit; edges by their type', async () => {
      const store = await storeOf();
      await store.nodes.insertMany([note('a'), note('b'), note('c'), note('d', { nodeType: 'other' })]);
      await store.nodes.delete('a');
      const count = (type: string, limit: number) => store.nodes.count(type, limit);
      expect([await count('note', 10), await count('note', 2), await count('none', 2)]).toEqual([3, 2, 0]);
      const edge = (edgeType: string, toNode: string) => ({ edgeType, fromNode: 'a', toNode });
      await store.edges.insertMany([edge('NEAR', 'b'), edge('NEAR', 'c'), edge('NEA', 'b'), edge('NEAR:BY', 'b')]);
      expect([await store.edges.count('NEAR', 10), await store.edges.count('NEAR:BY', 10)]).toEqual([2, 1]);
    });

    it('saves: inserts, updates what differs, and leaves alone what does not', async () => {
      let now = Date.parse('2026-01-01T00:00:00Z');
      const store = await storeOf({ clock: () => now });
      await store.nodes.save(note('note:a'));
      now += 1000;
      expect(await store.nodes.save(note('note:a'))).toMatchObject({ updatedAt: '2026-01-01T00:00:00.000Z' });
      const changed = await store.nodes.save(note('note:a', { name: 'A note' }));
      expect(changed).toMatchObject({
        ...{ name: 'A note', createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:01.000Z' },
      });
      expect(await store.nodes.get('note:a')).toEqual(changed);
      expect(await logOf(store)).toEqual([
        ['update', 'note:a', 'tester'],
        ['insert', 'note:a', 'tester'],
      ]);
    });

    it('inserts many, or none of them', async () => {
      const store = await storeOf();
      await store.nodes.insert(note('note:b'));
      const all = [note('note:a'), note('note:b'), note('note:c')];
      await expect(store.nodes.insertMany(all)).rejects.toMatchObject({ code: 'record-exists' });
      expect(await idsOf(store)).toEqual(['note:b']);
      expect(await logOf(store)).toEqual([['insert', 'note:b', 'tester']]);
    });

    it('marks them as deleted and brings them back', async () => {
      const store = await storeOf();
      await store.nodes.insertMany([note('a'), note('b')]);
      expect([await store.nodes.delete('a'), await store.nodes.delete('a')]).toEqual([true, false]);
      expect(await store.nodes.delete('nobody')).toBe(false);
      expect(await store.nodes.get('a')).toBeUndefined();
      expect(await store.nodes.get('a', { includeDeleted: true })).toMatchObject({ deletedAt: expect.any(String) });
      expect(await idsOf(store)).toEqual(['b']);
      expect((await store.nodes.list({ includeDeleted: true })).map(({ id }) => id)).toEqual(['a', 'b']);
      expect(await store.nodes.save(note('a', { name: 'changed' }))).toMatchObject({ deletedAt: expect.any(String) });
      expect(await store.nodes.deleteMany(['a', 'b', 'b', 'nobody'])).toBe(1);
      expect([await store.nodes.restore('a'), await store.nodes.restore('a')]).toEqual([true, false]);
      expect(await idsOf(store)).toEqual(['a']);
      expect((await logOf(store, 'a')).map(([operation]) => operation)).toEqual([
        ...['restore', 'update', 'soft_delete', 'insert'],
      ]);
    });
  });
}
