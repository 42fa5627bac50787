import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/jobs/bootstrap.ts';
import type { GraphStore, NodeInput } from '../../src/model/graph-store.ts';
import { changeGraph, type GraphShape, graphWith, readAll, readValue } from '../support/graph-rows.ts';
import { tempFolder } from '../support/temp-folder.ts';

const note = (id: string, more: Partial<NodeInput> = {}): NodeInput => ({ id, nodeType: 'note', name: id, ...more });

async function storeOf(path = join(tempFolder(), 'org.db')): Promise<GraphStore> {
  return bootstrap(path, { actor: 'tester' });
}

const idsOf = async (store: GraphStore) => (await store.nodes.list()).map(({ id }) => id);
const logOf = async (store: GraphStore, record?: string) =>
  (await store.history({ record })).changes.map(({ operation, recordId, actor }) => [operation, recordId, actor]);

describe('the store: nodes', () => {
  it.each(['ours', 'indexed', 'bare', 'odd'] as const)(
    'marks them as deleted and brings them back, in a graph that is %s',
    async (shape: GraphShape) => {
      const path = graphWith(
        {
          nodes: [
            { id: 'a', type: 'note' },
            { id: 'b', type: 'note' },
          ],
        },
        shape,
      );
      const store = await storeOf(path);
      expect(await store.nodes.delete('a')).toBe(true);
      expect(await store.nodes.delete('a')).toBe(false);
      expect(await store.nodes.delete('nobody')).toBe(false);
      expect(await store.nodes.get('a')).toBeUndefined();
      expect(await store.nodes.get('a', { includeDeleted: true })).toMatchObject({
        id: 'a',
        deletedAt: expect.any(String),
      });
      expect(await idsOf(store)).toEqual(['b']);
      expect((await store.nodes.list({ includeDeleted: true })).map(({ id }) => id)).toEqual(['a', 'b']);
      expect(await store.nodes.deleteMany(['a', 'b', 'nobody'])).toBe(1);
      expect(await store.nodes.restore('a')).toBe(true);
      expect(await store.nodes.restore('a')).toBe(false);
      expect(await idsOf(store)).toEqual(['a']);
      expect(await logOf(store, 'a')).toEqual([
        ['restore', 'a', 'tester'],
        ['soft_delete', 'a', 'tester'],
      ]);
      await store.close();
    },
  );

  it('keeps secrets out', async () => {
    const store = await storeOf();
    const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
    const made = await store.nodes.insert(note('note:a', { name: `it is ${secret}`, properties: { token: secret } }));
    expect(JSON.stringify(made)).not.toContain(secret);
    await expect(store.nodes.insert(note(`note:${secret}`))).rejects.toMatchObject({ code: 'record-invalid' });
    await store.as(`ann ${secret}`).nodes.insert(note('note:b', { nodeType: secret, sourceId: secret }));
    const loop = { fromNode: 'note:b', toNode: 'note:b' };
    await expect(store.edges.insert({ edgeType: secret, ...loop })).rejects.toMatchObject({ code: 'record-invalid' });
    const kept = [readAll(store.path, 'SELECT * FROM kg_nodes'), readAll(store.path, 'SELECT * FROM audit_changes')];
    expect(JSON.stringify(kept)).not.toContain(secret);
    await store.close();
  });
});

describe('the store: edges', () => {
  const likes = { edgeType: 'LIKES', fromNode: 'note:a', toNode: 'note:b' };
  const ID = 'LIKES:note%3Aa->note%3Ab';

  it('inserts, saves, removes and brings them back as they were', async () => {
    const store = await storeOf();
    await expect(store.edges.insert(likes)).rejects.toMatchObject({ code: 'record-invalid' });
    await store.nodes.insertMany([note('note:a'), note('note:b')]);
    expect(await store.edges.insert({ ...likes, properties: '{"since":12345678901234567890}' })).toMatchObject({
      id: ID,
    });
    await expect(store.edges.insert(likes)).rejects.toMatchObject({ code: 'record-exists' });
    expect(await store.edges.delete(ID)).toBe(true);
    expect(await store.edges.delete(ID)).toBe(false);
    expect(await store.edges.get(ID)).toBeUndefined();
    expect(await store.edges.restore(ID)).toBe(true);
    expect(await store.edges.restore(ID)).toBe(false);
    expect(await store.edges.get(ID)).toMatchObject({ ...likes, properties: '{"since":12345678901234567890}' });
    expect(await store.edges.save({ ...likes, properties: { since: 1 } })).toMatchObject({ properties: '{"since":1}' });
    expect((await store.edges.list({ type: 'LIKES' })).map(({ id }) => id)).toEqual([ID]);
    expect(await logOf(store, ID)).toEqual(
      ['update', 'restore', 'delete', 'insert'].map((operation) => [operation, ID, 'tester']),
    );
    await store.close();
  });
});

describe('the store: transactions', () => {
  it('do all of it or nothing', async () => {
    const store = await storeOf();
    const gone = store.transaction(async () => {
      await store.nodes.insert(note('note:a'));
      expect(await idsOf(store)).toEqual(['note:a']);
      throw new Error('no');
    });
    await expect(gone).rejects.toThrow('no');
    expect(await idsOf(store)).toEqual([]);
    expect(await logOf(store)).toEqual([]);
    await store.transaction(async () => {
      await Promise.all([store.nodes.insert(note('note:a')), store.nodes.insert(note('note:b'))]);
    });
    expect(await idsOf(store)).toEqual(['note:a', 'note:b']);
    await store.close();
  });

  it('nest: what fails within, and is caught, is undone alone', async () => {
    const store = await storeOf();
    await store.transaction(async () => {
      await store.nodes.insert(note('note:a'));
      const inner = store.transaction(async () => {
        await store.nodes.insert(note('note:b'));
        await store.nodes.delete('note:a');
        throw new Error('no');
      });
      await expect(inner).rejects.toThrow('no');
      await expect(store.nodes.insertMany([note('note:c'), note('note:a')])).rejects.toThrow('already');
      await store.transaction(() => store.nodes.insert(note('note:d')));
    });
    expect(await idsOf(store)).toEqual(['note:a', 'note:d']);
    expect((await logOf(store)).map(([operation, id]) => `${operation} ${id}`).toSorted()).toEqual([
      'insert note:a',
      'insert note:d',
    ]);
    await store.close();
  });

  it('keep apart what is done at the same time', async () => {
    const store = await storeOf();
    const first = store.transaction(async () => {
      await store.nodes.insert(note('note:a'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('no');
    });
    const second = store.nodes.insert(note('note:b'));
    await expect(first).rejects.toThrow('no');
    await second;
    expect(await idsOf(store)).toEqual(['note:b']);
    await store.close();
  });

  it('refuse what comes after their end', async () => {
    const store = await storeOf();
    let late: Promise<unknown> | undefined;
    await store.transaction(async () => {
      late = new Promise((resolve) => setTimeout(resolve, 10)).then(() => store.nodes.insert(note('note:a')));
    });
    await expect(late).rejects.toMatchObject({ code: 'usage' });
    expect(await idsOf(store)).toEqual([]);
    await store.close();
  });

  it('hold what is called within and not awaited: all of it, or nothing', async () => {
    const store = await storeOf();
    const ids = Array.from({ length: 20 }, (_, at) => `note:${at + 10}`);
    const insertAll = () => ids.map((id) => store.nodes.insert(note(id)).catch((error) => error));
    let called: Promise<unknown>[] = [];
    await store.transaction(async () => {
      called = insertAll();
    });
    // In, and not about to come in.
    expect(readValue(store.path, 'SELECT count(*) FROM kg_nodes')).toBe(ids.length);
    await Promise.all(called);

    const other = await storeOf();
    const undone = other.transaction(async () => {
      called = ids.map((id) => other.nodes.insert(note(id)).catch((error) => error));
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect((await Promise.all(called)).at(-1)).toMatchObject({ code: 'usage' });
    expect(await idsOf(other)).toEqual([]);
    for (const one of [store, other]) await one.close();
  });

  it('end after one within that nobody awaited', async () => {
    const store = await storeOf();
    let inner: Promise<unknown> | undefined;
    const begin = async () => {
      inner = store.transaction(async () => {
        await store.nodes.insert(note('note:a'));
        await new Promise((resolve) => setTimeout(resolve, 20));
        await store.nodes.insert(note('note:b'));
      });
      inner.catch(() => undefined);
      await store.nodes.list();
    };
    await expect(
      store.transaction(async () => {
        await begin();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await idsOf(store)).toEqual([]);
    await store.transaction(begin);
    await inner;
    expect(await idsOf(store)).toEqual(['note:a', 'note:b']);
    await store.close();
  });

  it('are not torn by a store that is closed', async () => {
    const store = await storeOf();
    await store.transaction(async () => {
      await expect(store.close()).rejects.toThrow('a transaction is going on');
      await store.nodes.insert(note('note:a'));
    });
    expect(await idsOf(store)).toEqual(['note:a']);
    await store.close();
  });

  it('are signed by whoever writes', async () => {
    const store = await storeOf();
    for (const nobody of ['', ' ', '\ud800', 'x'.repeat(201)]) expect(() => store.as(nobody)).toThrow(/proper name/);
    await store.transaction(async () => {
      await store.as('ann').nodes.insert(note('note:a'));
      await store.as('bob').nodes.insert(note('note:b'));
    });
    expect((await logOf(store)).map(([, id, actor]) => `${id} ${actor}`).toSorted()).toEqual([
      'note:a ann',
      'note:b bob',
    ]);
    await store.close();
  });
});

describe('bootstrap', () => {
  it('makes what is missing unless it is told not to', async () => {
    const path = join(tempFolder(), 'org.db');
    await expect(bootstrap(path, { create: false })).rejects.toMatchObject({ code: 'target-not-found' });
    await (await bootstrap(path)).close();
    expect(readValue(path, "SELECT count(*) FROM sqlite_schema WHERE name IN ('kg_nodes', 'kg_edges')")).toBe(2);
    await (await bootstrap(path, { create: false })).close();
  });

  it('makes no table of edges where it is not to make any, and does without', async () => {
    const path = join(tempFolder(), 'org.db');
    changeGraph(path, 'CREATE TABLE kg_nodes(id TEXT PRIMARY KEY, node_type TEXT, name TEXT, properties TEXT)');
    const store = await bootstrap(path, { create: false });
    await store.nodes.insertMany([note('a'), note('b')]);
    const edge = { edgeType: 'LIKES', fromNode: 'a', toNode: 'b' };
    expect([await store.edges.get('x'), await store.edges.list(), await store.edges.delete('x')]).toEqual([
      undefined,
      [],
      false,
    ]);
    await expect(store.edges.insert(edge)).rejects.toMatchObject({ code: 'target-schema' });
    await expect(store.edges.save(edge)).rejects.toMatchObject({ code: 'target-schema' });
    expect(await store.edges.restore('x')).toBe(false);
    expect((await store.history()).changes).toHaveLength(2);
    await store.close();
    expect(readAll(path, "SELECT name FROM sqlite_schema WHERE name = 'kg_edges'")).toEqual([]);
  });

  it('refuses a graph that does not take what is written', async () => {
    const path = graphWith({ nodes: [] });
    changeGraph(path, "CREATE TRIGGER no BEFORE INSERT ON kg_nodes BEGIN SELECT RAISE(ABORT, 'no'); END");
    await expect(bootstrap(path)).rejects.toMatchObject({ code: 'target-refuses-writes' });
    expect(readAll(path, "SELECT name FROM sqlite_schema WHERE name LIKE 'audit%'")).toEqual([]);
  });
});

describe('the log of changes', () => {
  it('is pruned, and says so for good', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const store = await bootstrap(join(tempFolder(), 'org.db'), { actor: 'tester', clock: () => now });
    await store.nodes.insertMany([note('note:a'), note('note:b'), note('note:c')]);
    now += 86_400_000;
    await store.nodes.delete('note:a');
    const [last] = (await store.history()).changes;
    expect(await store.pruneHistory(now)).toBe(3);
    expect(await store.pruneHistory(now)).toBe(0);
    now += 86_400_000;
    expect(await store.as('ann').pruneHistory(now)).toBe(1);
    const { changes } = await store.history();
    for (const { number } of changes) expect(Number(number)).toBeGreaterThan(Number(last?.number));
    expect(changes.map(({ operation, actor, after }) => [operation, actor, after])).toEqual([
      ['prune', 'ann', '{"before":"2026-01-03T00:00:00.000Z","changes":1}'],
      ['prune', 'tester', '{"before":"2026-01-02T00:00:00.000Z","changes":3}'],
    ]);
    await store.close();
  });

  it('is pruned by two at once, and tells of each what was its own', async () => {
    const store = await storeOf();
    changeGraph(
      store.path,
      `WITH RECURSIVE n(at) AS (VALUES (1) UNION ALL SELECT at + 1 FROM n WHERE at < 9000)
       INSERT INTO audit_changes(at, component, operation, actor, record_id, amount)
         SELECT '2020-01-01T00:00:00.000Z', 'note', 'update', 'x', at, 1 FROM n`,
    );
    const prune = (actor: string) => store.as(actor).pruneHistory(Date.parse('2021-01-01'));
    expect((await Promise.all([prune('ann'), prune('bob')])).reduce((sum, gone) => sum + gone)).toBe(9000);
    const told = (await store.history()).changes.map(({ after }) => JSON.parse(after ?? '{}').changes);
    expect([told.length, told.reduce((sum, gone) => sum + gone)]).toEqual([2, 9000]);
    await store.close();
  });
});
