import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { StoreOpening } from '../../src/model/graph-opening.ts';
import type { EdgeInput, GraphStore, NodeInput } from '../../src/model/graph-store.ts';
import { type Hook, VETO } from '../../src/model/hook.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { openStore } from '../../src/neo4j/store/open-store.ts';
import { openFaultyProxy } from './faulty-proxy.ts';
import { CLEANER, type GraphServer, openGraphServer } from './graph-server.ts';
import { noNeo4jHere } from './open-neo4j.ts';

const note = (id: string, more: Partial<NodeInput> = {}): NodeInput => ({ id, nodeType: 'note', name: id, ...more });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const idsOf = async (store: GraphStore) => (await store.nodes.list()).map(({ id }) => id);
const logOf = async (store: GraphStore, record?: string) =>
  (await store.history({ record })).changes.map(({ operation, recordId, actor }) => [operation, recordId, actor]);

describe.skipIf(noNeo4jHere({ own: false }))('the store on Neo4j', { timeout: 120_000 }, () => {
  let server: GraphServer;

  beforeAll(async () => {
    server = await openGraphServer();
  }, 600_000);
  afterAll(() => server?.stop());
  beforeEach(() => server.empty());

  const storeOf = async (more: Partial<StoreOpening> = {}, connection?: Connection): Promise<GraphStore> =>
    openStore(connection ?? (await server.connect()), {
      ...{ create: true, actor: 'tester', cleaner: CLEANER, hooks: [], clock: () => new Date().toISOString() },
      patience: { waitMs: 0, signal: new AbortController().signal },
      ...more,
    });

  describe('nodes', () => {
    it('of others are found, changed and deleted as they stand, and their ids are taken', async () => {
      await server.ask(`CREATE (:Contract:Signed {UID: 'c-1', title: 'Lease', pages: 12})`);
      const store = await storeOf();
      const found = { id: 'c-1', nodeType: 'Contract', properties: '{"pages":12,"title":"Lease"}' };
      expect(await store.nodes.get('c-1')).toMatchObject(found);
      await expect(store.nodes.insert(note('c-1'))).rejects.toMatchObject({ code: 'record-exists' });
      await store.nodes.save(note('c-1', { nodeType: 'Contract', properties: { title: 'Sale' } }));
      await store.nodes.delete('c-1');
      const [row] = await server.ask('MATCH (n {UID: "c-1"}) RETURN labels(n) AS labels, properties(n) AS said');
      expect(row).toMatchObject({
        labels: ['Contract', 'Signed'],
        said: { title: 'Sale', deleted_at: expect.any(String) },
      });
    });

    it('keeps secrets out', async () => {
      const store = await storeOf();
      const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
      const made = await store.nodes.insert(note('note:a', { name: `it is ${secret}`, properties: { token: secret } }));
      expect(JSON.stringify(made)).not.toContain(secret);
      await expect(store.nodes.insert(note(`note:${secret}`))).rejects.toMatchObject({ code: 'record-invalid' });
      await store.as(`ann ${secret}`).nodes.insert(note('note:b', { sourceId: secret }));
      const loop = { fromNode: 'note:b', toNode: 'note:b' };
      await expect(store.edges.insert({ edgeType: secret, ...loop })).rejects.toMatchObject({ code: 'record-invalid' });
      expect(JSON.stringify(await server.ask('MATCH (n) RETURN n'))).not.toContain(secret);
    });

    it('are shown to hooks, which may veto, before and after they are written', async () => {
      const seen: string[] = [];
      const hook: Hook = {
        name: 'spy',
        beforeInsert: (node) => (node.id === 'no' ? VETO : { ...node, name: node.name.toUpperCase() }),
        beforeDelete: (node) => (node.id === 'stay' ? VETO : undefined),
        afterInsert: ({ id, name }) => void seen.push(`${id} ${name}`),
      };
      const store = await storeOf({ hooks: [hook] });
      await expect(store.nodes.insertMany([note('a'), note('no')])).rejects.toMatchObject({ code: 'record-vetoed' });
      await store.nodes.insertMany([note('a'), note('stay')]);
      expect(await store.nodes.deleteMany(['a', 'stay'])).toBe(1);
      expect([await idsOf(store), seen]).toEqual([['stay'], ['a A', 'stay STAY']]);
    });
  });

  describe('edges', () => {
    const likes: EdgeInput = { edgeType: 'LIKES', fromNode: 'note:a', toNode: 'note:b' };
    const ID = 'LIKES:note%3Aa->note%3Ab';

    it('inserts, saves, removes and brings them back as they were', async () => {
      const store = await storeOf();
      await expect(store.edges.insert(likes)).rejects.toMatchObject({ code: 'record-invalid' });
      await store.nodes.insertMany([note('note:a'), note('note:b')]);
      const said = { ...likes, properties: '{"since":12345678901234567890}' };
      const made = await store.edges.insert(said);
      expect(made).toMatchObject({ id: ID, ...said });
      expect(await store.edges.get(ID)).toEqual(made);
      await expect(store.edges.insert(likes)).rejects.toMatchObject({ code: 'record-exists' });
      expect([await store.edges.delete(ID), await store.edges.delete(ID)]).toEqual([true, false]);
      expect(await store.edges.get(ID)).toBeUndefined();
      expect([await store.edges.restore(ID), await store.edges.restore(ID)]).toEqual([true, false]);
      expect(await store.edges.get(ID)).toMatchObject(said);
      expect(await store.edges.save({ ...likes, properties: { since: 1 } })).toMatchObject({
        properties: '{"since":1}',
      });
      expect(await store.edges.save({ ...likes, properties: { since: 1 } })).toEqual(await store.edges.get(ID));
      expect((await store.edges.list({ type: 'LIKES' })).map(({ id }) => id)).toEqual([ID]);
      expect(await logOf(store, ID)).toEqual(
        ['update', 'restore', 'delete', 'insert'].map((operation) => [operation, ID, 'tester']),
      );
    });

    it('are found by their ids, whatever the ids of their ends are made of', async () => {
      const store = await storeOf();
      const ids = ['a->b', 'b', 'a', '->', 'b->c->d', '%3A:%', ''].filter((id) => id !== '');
      await store.nodes.insertMany(ids.map((id) => note(id)));
      const inputs = ids.flatMap((fromNode) => ids.map((toNode): EdgeInput => ({ edgeType: 'A:%', fromNode, toNode })));
      const made = await store.edges.insertMany(inputs);
      for (const edge of made) expect(await store.edges.get(edge.id)).toEqual(edge);
      const all = made.map(({ id }) => id);
      expect(await store.edges.deleteMany([...all, ...all, 'nothing', 'A:x->y'])).toBe(new Set(all).size);
      expect(await store.edges.list()).toEqual([]);
    });

    it('of others are found, changed and removed', async () => {
      await server.ask("CREATE (:CDocs {UID: 'd'})-[:OWNS {since: 2020}]->(:Contract {UID: 'c'})");
      const store = await storeOf();
      expect(await store.edges.get('OWNS:d->c')).toMatchObject({ properties: '{"since":2020}', createdAt: null });
      const owns = { edgeType: 'OWNS', fromNode: 'd', toNode: 'c' };
      await expect(store.edges.insert(owns)).rejects.toMatchObject({ code: 'record-exists' });
      expect(await store.edges.save({ ...owns, properties: '{"since":2021}' })).toEqual(
        await store.edges.get('OWNS:d->c'),
      );
      expect(await store.edges.delete('OWNS:d->c')).toBe(true);
      expect(await server.ask('MATCH ()-[r]->() RETURN r')).toEqual([]);
    });
  });

  describe('transactions', () => {
    it('do all of it or nothing', async () => {
      const store = await storeOf();
      const gone = store.transaction(async () => {
        await store.nodes.insert(note('note:a'));
        expect(await idsOf(store)).toEqual(['note:a']);
        expect(await logOf(store)).toEqual([['insert', 'note:a', 'tester']]);
        throw new Error('no');
      });
      await expect(gone).rejects.toThrow('no');
      expect([await idsOf(store), await logOf(store)]).toEqual([[], []]);
      await store.transaction(async () => {
        await Promise.all([store.nodes.insert(note('note:a')), store.nodes.insert(note('note:b'))]);
      });
      expect(await idsOf(store)).toEqual(['note:a', 'note:b']);
      expect(store.longestWriteMs).toBeGreaterThan(0);
    });

    it('go on after a part that failed before it changed anything', async () => {
      const store = await storeOf();
      await store.nodes.insert(note('note:b'));
      await store.transaction(async () => {
        await store.nodes.insert(note('note:a'));
        const taken = [note('note:c'), note('note:a')];
        await expect(store.nodes.insertMany(taken)).rejects.toMatchObject({ code: 'record-exists' });
        const inner = store.transaction(async () => {
          await store.nodes.save(note('note:b'));
          throw new Error('no');
        });
        await expect(inner).rejects.toThrow('no');
        await store.transaction(() => store.nodes.insert(note('note:d')));
      });
      expect(await idsOf(store)).toEqual(['note:a', 'note:b', 'note:d']);
      expect((await logOf(store)).map(([, id]) => id)).toEqual(['note:d', 'note:a', 'note:b']);
    });

    it('are lost as a whole with a part that failed after it had, and say so', async () => {
      const store = await storeOf();
      const lost = { code: 'usage', message: expect.stringContaining('only as a whole') };
      const whole = store.transaction(async () => {
        await store.nodes.insert(note('note:a'));
        const inner = store.transaction(async () => {
          await store.nodes.insert(note('note:b'));
          throw new Error('no');
        });
        await expect(inner).rejects.toThrow('no');
        await expect(store.nodes.list()).rejects.toMatchObject(lost);
        await expect(store.nodes.insert(note('note:c'))).rejects.toMatchObject(lost);
      });
      await expect(whole).rejects.toMatchObject({ ...lost, cause: new Error('no') });
      expect([await idsOf(store), await logOf(store)]).toEqual([[], []]);
    });

    it('keep apart what is done at the same time', async () => {
      const store = await storeOf();
      const first = store.transaction(async () => {
        await store.nodes.insert(note('note:a'));
        await pause(20);
        throw new Error('no');
      });
      const second = store.nodes.insert(note('note:b'));
      await expect(first).rejects.toThrow('no');
      await second;
      expect(await idsOf(store)).toEqual(['note:b']);
    });

    it('refuse what comes after their end', async () => {
      const store = await storeOf();
      let late: Promise<unknown> | undefined;
      await store.transaction(async () => {
        late = pause(50).then(() => store.nodes.insert(note('note:a')));
      });
      await expect(late).rejects.toMatchObject({ code: 'usage' });
      expect(await idsOf(store)).toEqual([]);
    });

    it('hold what is called within and not awaited: all of it, or nothing', async () => {
      const store = await storeOf();
      const ids = Array.from({ length: 20 }, (_, at) => `note:${at + 10}`);
      const insertAll = () => ids.map((id) => store.nodes.insert(note(id)).catch((error) => error));
      let called: Promise<unknown>[] = [];
      await store.transaction(async () => {
        called = insertAll();
      });
      expect(await server.ask('MATCH (n:KgNode) RETURN count(n) AS count')).toEqual([{ count: ids.length }]);
      await Promise.all(called);

      await server.empty();
      const undone = store.transaction(async () => {
        called = insertAll();
        throw new Error('no');
      });
      await expect(undone).rejects.toThrow('no');
      expect((await Promise.all(called)).at(-1)).toMatchObject({ code: 'usage' });
      expect(await idsOf(store)).toEqual([]);
    });

    it('end after one within that nobody awaited', async () => {
      const store = await storeOf();
      let inner: Promise<unknown> | undefined;
      const begin = async () => {
        inner = store.transaction(async () => {
          await store.nodes.insert(note('note:a'));
          await pause(20);
          await store.nodes.insert(note('note:b'));
        });
        inner.catch(() => undefined);
        await store.nodes.list();
      };
      const gone = store.transaction(async () => {
        await begin();
        throw new Error('no');
      });
      await expect(gone).rejects.toThrow('no');
      expect(await idsOf(store)).toEqual([]);
      await store.transaction(begin);
      await inner;
      expect(await idsOf(store)).toEqual(['note:a', 'note:b']);
    });

    it('are not torn by a store that is closed', async () => {
      const store = await storeOf();
      await store.transaction(async () => {
        await expect(store.close()).rejects.toThrow('a transaction is going on');
        await store.nodes.insert(note('note:a'));
      });
      await store.close();
      expect(await idsOf(store)).toEqual(['note:a']);
    });

    it('are signed by whoever writes', async () => {
      const store = await storeOf();
      for (const nobody of ['', ' ', '\ud800', 'x'.repeat(201)]) expect(() => store.as(nobody)).toThrow(/proper name/);
      await store.transaction(async () => {
        await store.as('ann').nodes.insert(note('note:a'));
        await store.as('bob').nodes.insert(note('note:b'));
      });
      expect((await logOf(store)).map(([, id, actor]) => `${id} ${actor}`)).toEqual(['note:b bob', 'note:a ann']);
    });

    it('bring back what was removed within them', async () => {
      const store = await storeOf();
      await store.nodes.insertMany([note('a'), note('b')]);
      const { id } = await store.edges.insert({ edgeType: 'LIKES', fromNode: 'a', toNode: 'b', properties: { x: 1 } });
      await store.transaction(async () => {
        await store.edges.delete(id);
        expect(await store.edges.restore(id)).toBe(true);
      });
      expect(await store.edges.get(id)).toMatchObject({ properties: '{"x":1}' });
    });
  });

  describe('written by two at once', () => {
    it('keeps one node, made by one of them', async () => {
      const stores = [await storeOf({ actor: 'ann' }), await storeOf({ actor: 'bob' })];
      for (let round = 0; round < 20; round++) {
        const input = note(`note:${round}`);
        const done = await Promise.allSettled(stores.map((store) => store.nodes.insert(input)));
        const refused = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
        expect(refused).toEqual([expect.objectContaining({ code: 'record-exists' })]);
      }
      expect(await server.ask('MATCH (n:KgNode) RETURN count(n) AS count')).toEqual([{ count: 20 }]);
      expect((await stores[0]?.history())?.changes).toHaveLength(20);
    });

    it('saves one after the other, and the log tells how each found it', async () => {
      const stores = await Promise.all(['ann', 'bob', 'cid'].map((actor) => storeOf({ actor })));
      await Promise.all(
        stores.map(async (store, at) => {
          for (let round = 0; round < 10; round++) {
            await store.nodes.save(note('note:a', { properties: { at, round } }));
          }
        }),
      );
      const [store] = stores;
      const changes = (await store?.history())?.changes ?? [];
      expect(changes.map(({ operation }) => operation)).toEqual([...Array(29).fill('update'), 'insert']);
      // Clocks may differ, so that order is not told by the log alone: each change begins where one other ended.
      const saidOf = (json: string | null) => JSON.stringify(JSON.parse(json ?? '{}').properties);
      const updates = changes.filter(({ operation }) => operation === 'update');
      const begins = updates.map(({ before }) => saidOf(before));
      expect(new Set(begins).size).toBe(29);
      const ends = new Set(updates.map(({ after }) => saidOf(after)));
      expect(begins.filter((begin) => !ends.has(begin))).toHaveLength(1);
    });

    it('deletes a node once, and removes an edge once', async () => {
      const stores = [await storeOf(), await storeOf()];
      const [store] = stores;
      for (let round = 0; round < 10; round++) {
        await store?.nodes.insertMany([note(`a${round}`), note(`b${round}`)]);
        const edge = { edgeType: 'LIKES', fromNode: `a${round}`, toNode: `b${round}` };
        const saved = await Promise.all(stores.map((one) => one.edges.save(edge)));
        expect(saved[0]?.id).toBe(saved[1]?.id);
        const id = saved[0]?.id ?? '';
        const edges = await Promise.all(stores.map((one) => one.edges.delete(id)));
        const nodes = await Promise.all(stores.map((one) => one.nodes.delete(`a${round}`)));
        expect([edges.toSorted(), nodes.toSorted()]).toEqual([
          [false, true],
          [false, true],
        ]);
      }
      const rows = await server.ask(
        'MATCH (c:AuditChange) RETURN c.operation AS operation, sum(c.amount) AS amount ORDER BY operation',
      );
      expect(rows).toEqual([
        { operation: 'delete', amount: 10 },
        { operation: 'insert', amount: 30 },
        { operation: 'soft_delete', amount: 10 },
      ]);
    });
  });

  describe('whose answers get lost', () => {
    const lossy = async () => {
      const proxy = await openFaultyProxy(server.access.url);
      onTestFinished(() => proxy.close());
      const store = await storeOf({}, await server.connect(proxy.url));
      return { proxy, store };
    };

    it('does each thing once, and gives what it gave', async () => {
      const { proxy, store } = await lossy();
      const lose = <Result>(action: () => Promise<Result>) => {
        proxy.loseAnswers(1);
        return action();
      };
      expect(await lose(() => store.nodes.insert(note('a')))).toMatchObject({ id: 'a' });
      await store.nodes.insert(note('b'));
      const edge = await lose(() => store.edges.insert({ edgeType: 'LIKES', fromNode: 'a', toNode: 'b' }));
      expect(edge).toMatchObject({ id: 'LIKES:a->b' });
      expect(await lose(() => store.edges.delete(edge.id))).toBe(true);
      expect(await lose(() => store.edges.restore(edge.id))).toBe(true);
      expect(await lose(() => store.nodes.deleteMany(['a', 'b']))).toBe(2);
      expect(await lose(() => store.nodes.restore('a'))).toBe(true);
      expect(await lose(() => store.nodes.save(note('a', { name: 'A' })))).toMatchObject({ name: 'A' });
      expect(proxy.lost).toBe(7);
      expect((await logOf(store)).map(([operation, id]) => `${operation} ${id}`)).toEqual([
        ...['update a', 'restore a', 'soft_delete b', 'soft_delete a', 'restore LIKES:a->b', 'delete LIKES:a->b'],
        ...['insert LIKES:a->b', 'insert b', 'insert a'],
      ]);
    });

    it('knows that a transaction is in', async () => {
      const { proxy, store } = await lossy();
      const given = store.transaction(async () => {
        await store.nodes.insert(note('a'));
        proxy.loseAnswers(1);
        return 'done';
      });
      expect([await given, proxy.lost, await idsOf(store)]).toEqual(['done', 1, ['a']]);
    });

    it('begins anew where its connections were cut, and loses what was open on one', async () => {
      const { proxy, store } = await lossy();
      await store.nodes.insert(note('a'));
      proxy.cut();
      await store.transaction(() => store.nodes.insert(note('b')));
      const torn = store.transaction(async () => {
        await store.nodes.insert(note('c'));
        proxy.cut();
        await store.nodes.insert(note('d'));
      });
      await expect(torn).rejects.toMatchObject({ code: 'target-unreachable' });
      expect(await idsOf(store)).toEqual(['a', 'b']);
    });

    it('counts what it prunes', async () => {
      const { proxy, store } = await lossy();
      await store.nodes.insert(note('a'));
      await server.ask(
        `UNWIND range(1, 5000) AS at CREATE (:AuditChange {number: toString(at), at: '2020-01-01T00:00:00.000Z',
           component: 'note', operation: 'update', actor: 'x', record: toString(at), amount: 1})`,
      );
      proxy.loseAnswers(2);
      expect(await store.pruneHistory(Date.parse('2021-01-01'))).toBe(5000);
      const [change] = (await store.history()).changes;
      expect([proxy.lost, change?.operation, change?.after]).toEqual([
        ...[2, 'prune', '{"before":"2021-01-01T00:00:00.000Z","changes":5000}'],
      ]);
    });
  });

  describe('the log of changes', () => {
    it('is pruned, and says so for good', async () => {
      let now = Date.parse('2026-01-01T00:00:00Z');
      const store = await storeOf({ clock: () => new Date(now).toISOString() });
      await store.nodes.insertMany([note('note:a'), note('note:b'), note('note:c')]);
      now += 86_400_000;
      await store.nodes.delete('note:a');
      expect([await store.pruneHistory(now), await store.pruneHistory(now)]).toEqual([3, 0]);
      now += 86_400_000;
      expect(await store.as('ann').pruneHistory(now)).toBe(1);
      const { changes } = await store.history();
      expect(changes.map(({ operation, actor, after }) => [operation, actor, after])).toEqual([
        ['prune', 'ann', '{"before":"2026-01-03T00:00:00.000Z","changes":1}'],
        ['prune', 'tester', '{"before":"2026-01-02T00:00:00.000Z","changes":3}'],
      ]);
    });

    it('is pruned by two at once, and tells of each what was its own', async () => {
      const stores = [await storeOf({ actor: 'ann' }), await storeOf({ actor: 'bob' })];
      await server.ask(
        `UNWIND range(1, 9000) AS at CREATE (:AuditChange {number: toString(at), at: '2020-01-01T00:00:00.000Z',
           component: 'note', operation: 'update', actor: 'x', record: toString(at), amount: 1})`,
      );
      const before = Date.parse('2021-01-01');
      const gone = await Promise.all(stores.map((store) => store.pruneHistory(before)));
      expect(gone.reduce((sum, one) => sum + one)).toBe(9000);
      const told = await server.ask<{ after: string }>('MATCH (c:AuditChange) RETURN c.after AS after');
      const amounts = told.map(({ after }) => Number(JSON.parse(after).changes));
      expect([amounts.length, amounts.reduce((sum, one) => sum + one)]).toEqual([2, 9000]);
    });
  });

  describe('opened', () => {
    it('makes what is missing unless it is told not to', async () => {
      await server.ask("CREATE (:Contract {UID: 'theirs'})");
      await expect(storeOf({ create: false })).rejects.toMatchObject({ code: 'target-not-found' });
      await storeOf();
      const store = await storeOf({ create: false });
      expect(await idsOf(store)).toEqual(['theirs']);
    });
  });
});
