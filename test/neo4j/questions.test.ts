import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { edgeId } from '../../src/model/edge.ts';
import type { Graph } from '../../src/model/graph.ts';
import { nodeId } from '../../src/model/key.ts';
import type { NodeFilter, Search } from '../../src/model/search.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { packRecords } from '../../src/neo4j/packed-records.ts';
import { openGraph } from '../../src/neo4j/questions/open-graph.ts';
import { HandWriter, openConnection } from './hand-writer.ts';
import { noNeo4jHere, type OpenNeo4j, openNeo4j } from './open-neo4j.ts';

const at = (day: number) => Date.UTC(2025, 2, day);
const NOW = new AbortController().signal;

describe.skipIf(noNeo4jHere({ own: false }))('questions to a graph on Neo4j', { timeout: 120_000 }, () => {
  let server: OpenNeo4j;
  let connection: Connection;
  let hand: HandWriter;
  let graph: Graph;

  beforeAll(async () => {
    server = await openNeo4j();
    connection = await openConnection(server);
    hand = new HandWriter(connection);
  }, 600_000);
  afterAll(async () => {
    await connection?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    await hand.clear();
    graph = await openGraph(connection);
  });

  const search = async (filter: Partial<NodeFilter>, more: Partial<Search> = {}) => {
    const sort = { field: 'time', isReversed: false } as const;
    const asked = { filter: { nodeType: 'audit_event', ...filter }, sort, limit: 50, offset: 0, ...more };
    const { nodes, ...found } = await graph.searcher.search(asked, NOW);
    return { ids: nodes.map(({ node }) => node.id), ...found };
  };
  const idsOf = async (filter: Partial<NodeFilter>, more?: Partial<Search>) => (await search(filter, more)).ids;

  describe('of an empty database', () => {
    beforeEach(async () => {
      await hand.run('MATCH (n) DETACH DELETE n');
      graph = await openGraph(connection);
    });

    it('give nothing, and write nothing', async () => {
      expect(graph.changes).toBeUndefined();
      expect(await graph.nodes.find('x')).toBeUndefined();
      expect(await graph.nodes.times('x')).toBeUndefined();
      expect(await graph.nodes.isRecorded('audit_event:x')).toBe(false);
      expect(await graph.edges.page('x', 'out', 10)).toEqual([]);
      expect(await graph.edges.count('x', 'in', 10)).toBe(0);
      expect(await graph.edges.has('A:x->y')).toBe(false);
      expect(await graph.edgeLists.list({ limit: 5 }, NOW)).toEqual({ edges: [], next: undefined });
      expect(await graph.kept.nodes.list({ limit: 5 })).toEqual([]);
      expect(await graph.kept.edges.count('A', 5)).toBe(0);
      expect(await search({})).toEqual({ ids: [], more: false, next: undefined, warnings: [] });
      expect(await graph.trails.ids(5)).toEqual([]);
      expect(await graph.records.openEdges()).toEqual({ isOwed: false, isUnlinked: false });
      expect(await graph.records.rowsOf('audit_event:x')).toBeUndefined();
      expect(await graph.state()).toEqual({ record: 'none', problems: [], lastRun: null });
      expect(graph.isCurrent()).toBe(true);
      expect(await hand.run('MATCH (n) RETURN n')).toEqual([]);
    });
  });

  describe('of a record of another version', () => {
    it('read nodes, and nothing of the record', async () => {
      await hand.run("MATCH (m:AuditMeta {name: 'version'}) SET m.value = '999'");
      await hand.nodes({ id: 'audit_event:err:a' });
      await hand.entries({ key: 'err:a', last: at(1) });
      graph = await openGraph(connection);
      expect(graph.changes).toBeUndefined();
      expect(await graph.nodes.isRecorded('audit_event:err:a')).toBe(false);
      expect(await idsOf({})).toEqual(['audit_event:err:a']);
      expect((await graph.state()).record).toBe('unknown');
    });
  });

  describe('for nodes', () => {
    it('find those of others too, by their labels and what they say', async () => {
      await hand.run(
        "CREATE (:CDocs {UID: 'd', title: 'Plan', pages: 3, created_at: '2024'}), (:CDocs {title: 'no UID'})",
      );
      expect(await graph.nodes.find('d')).toEqual({
        id: 'd',
        nodeType: 'CDocs',
        subtype: null,
        name: 'd',
        properties: '{"pages":3,"title":"Plan"}',
        sourceTable: null,
        sourceId: null,
      });
      expect(await graph.nodes.times('d')).toEqual({ createdAt: '2024', updatedAt: null, deletedAt: null });
    });

    it('tell of an event when it was: what it says, else what is kept', async () => {
      await hand.entries({ key: 'sys:a', first: at(1), last: at(2) });
      const node = { id: 'audit_event:sys:a', properties: '{}' };
      expect(await graph.nodes.span(node)).toEqual({ first: at(1), last: at(2) });
      const said = { ...node, properties: '{"timestamp":"2025-03-09"}' };
      expect(await graph.nodes.span(said)).toEqual({ first: at(9), last: at(9) });
      expect(await graph.nodes.span({ id: 'other', properties: '{}' })).toBeUndefined();
    });

    it('know an event that is recorded under a key too long for an id', async () => {
      const keys = ['a', 'b'].map((end) => `err:${'k'.repeat(600)}${end}`);
      await hand.entries(...keys.map((key) => ({ key, drafts: 7 })));
      for (const key of keys) expect(await graph.nodes.isRecorded(nodeId('audit_event', key))).toBe(true);
      expect(await graph.nodes.isRecorded(nodeId('audit_event', `err:${'k'.repeat(600)}c`))).toBe(false);
      expect(await graph.records.rowsOf(nodeId('audit_event', keys[0] ?? ''))).toBeUndefined();
    });
  });

  describe('for nodes with all that is kept of them', () => {
    beforeEach(async () => {
      await hand.nodes(
        { id: 'c', type: 'note' },
        { id: '\u{1F600}', type: 'note' },
        { id: '\uFFFD', type: 'note', deletedAt: '2025-03-03' },
        { id: 'audit_event:x' },
      );
      await hand.run(
        "CREATE (:AuditEvent {UID: 'b', deleted_at: ''}), (:Other:note {UID: 'a'}), (:note {UID: 'd'}), (:note {UID: 5})",
      );
    });

    it('list them in the order of their ids by bytes, whoever made them', async () => {
      const ids = async (question: object) =>
        (await graph.kept.nodes.list({ limit: 99, ...question })).map(({ id }) => id);
      expect(await ids({})).toEqual(['a', 'audit_event:x', 'b', 'c', 'd', '\u{1F600}']);
      expect(await ids({ includeDeleted: true, after: 'c' })).toEqual(['d', '\uFFFD', '\u{1F600}']);
      expect(await ids({ limit: 2, after: 'a' })).toEqual(['audit_event:x', 'b']);
      expect(await ids({ type: 'note' })).toEqual(['c', 'd', '\u{1F600}']);
      expect(await ids({ type: 'audit_event' })).toEqual(['audit_event:x', 'b']);
      expect(await ids({ type: 'AuditEvent' })).toEqual([]);
      expect(await ids({ type: 'Other' })).toEqual(['a']);
    });

    it('count them', async () => {
      expect(await graph.kept.nodes.count('note', 99)).toBe(4);
      expect(await graph.kept.nodes.count('note', 2)).toBe(2);
      expect(await graph.kept.nodes.count('audit_event', 99)).toBe(2);
    });

    it('find one, deleted or not', async () => {
      expect(await graph.kept.nodes.find('\uFFFD')).toEqual({
        id: '\uFFFD',
        nodeType: 'note',
        subtype: null,
        name: '\uFFFD',
        properties: '{}',
        sourceTable: null,
        sourceId: null,
        createdAt: '2025-03-01T00:00:00Z',
        updatedAt: '2025-03-02T00:00:00Z',
        deletedAt: '2025-03-03',
      });
      expect((await graph.kept.nodes.find('b'))?.deletedAt).toBeNull();
    });
  });

  describe('for edges', () => {
    const ofTheirs = edgeId({ edgeType: 'KNOWS', fromNode: 'a', toNode: 'c:1' });

    beforeEach(async () => {
      await hand.nodes({ id: 'a', type: 'note' }, { id: 'b', type: 'note' }, { id: 'c:1', type: 'note' });
      await hand.edges(
        ['LIKES', 'a', 'b'],
        ['LIKES', 'a', 'c:1'],
        ['IS', 'a', 'c:1'],
        ['LIKES', 'b', 'a'],
        ['IS', 'a', 'a'],
      );
      await hand.run(
        `MATCH (a {UID: 'a'}), (c {UID: 'c:1'}) CREATE (a)-[:KNOWS {since: 1999, id: 7}]->(c), (a)-[:KNOWS]->(c),
         (a)-[:KNOWS]->(:Nameless)`,
      );
    });

    it('page those of a node by type, other end and id', async () => {
      const ends = (edges: readonly { edgeType: string; fromNode: string; toNode: string }[]) =>
        edges.map(({ edgeType, fromNode, toNode }) => `${edgeType} ${fromNode} ${toNode}`);
      const all = ['IS a a', 'IS a c:1', 'KNOWS a c:1', 'LIKES a b', 'LIKES a c:1'];
      expect(ends(await graph.edges.page('a', 'out', 10))).toEqual(all);
      const walked: string[] = [];
      for (let after: Parameters<Graph['edges']['page']>[3]; ; ) {
        const page = await graph.edges.page('a', 'out', 2, after);
        walked.push(...ends(page));
        after = page.at(-1);
        if (page.length < 2) break;
      }
      expect(walked).toEqual(all);
      expect(ends(await graph.edges.page('a', 'in', 10))).toEqual(['IS a a', 'LIKES b a']);
      expect(await graph.edges.count('a', 'out', 10)).toBe(5);
      expect(await graph.edges.count('a', 'out', 3)).toBe(3);
    });

    it('tell of the relationships of others as of ours, under the id that ours would have', async () => {
      expect(await graph.edges.has(ofTheirs)).toBe(true);
      expect(await graph.edges.has('KNOWS:a->b')).toBe(false);
      expect(await graph.kept.edges.find(ofTheirs)).toMatchObject({ id: ofTheirs, edgeType: 'KNOWS', createdAt: null });
      expect(await graph.kept.edges.list({ type: 'KNOWS', limit: 9 })).toHaveLength(1);
      expect(await graph.kept.edges.count('KNOWS', 9)).toBe(1);
    });

    it('list them by id', async () => {
      const all = ['IS:a->a', 'IS:a->c%3A1', 'KNOWS:a->c%3A1', 'LIKES:a->b', 'LIKES:a->c%3A1', 'LIKES:b->a'];
      expect((await graph.kept.edges.list({ limit: 9 })).map(({ id }) => id)).toEqual(all);
      expect((await graph.kept.edges.list({ limit: 2, after: all[2] ?? '' })).map(({ id }) => id)).toEqual(
        all.slice(3, 5),
      );
      expect((await graph.edgeLists.list({ limit: 9 }, NOW)).edges.map(({ id }) => id)).toEqual(all);
    });

    it.each([
      [{ type: 'LIKES' }, ['LIKES:a->b', 'LIKES:a->c%3A1', 'LIKES:b->a']],
      [{ from: 'a' }, ['IS:a->a', 'IS:a->c%3A1', 'KNOWS:a->c%3A1', 'LIKES:a->b', 'LIKES:a->c%3A1']],
      [{ to: 'a' }, ['IS:a->a', 'LIKES:b->a']],
      [{ from: 'a', to: 'c:1' }, ['IS:a->c%3A1', 'KNOWS:a->c%3A1', 'LIKES:a->c%3A1']],
      [{ type: 'LIKES', from: 'a' }, ['LIKES:a->b', 'LIKES:a->c%3A1']],
      [{ type: 'LIKES', from: 'a', to: 'b' }, ['LIKES:a->b']],
      [{ from: 'nobody' }, []],
    ])('list those of %j in pages', async (question, ids) => {
      for (const limit of [1, 2, 9]) {
        const found: string[] = [];
        for (let after: readonly string[] | undefined; ; ) {
          const { edges, next } = await graph.edgeLists.list({ ...question, limit, after }, NOW);
          found.push(...edges.map(({ id }) => id));
          after = next;
          if (after === undefined) break;
        }
        expect(found).toEqual(ids);
      }
    });

    it('refuse the place of another list', async () => {
      await expect(graph.edgeLists.list({ from: 'a', limit: 2, after: ['x'] }, NOW)).rejects.toMatchObject({
        code: 'usage',
      });
    });
  });

  describe('for events', () => {
    beforeEach(async () => {
      const event = (key: string, subtype: string, properties: object, deletedAt: string | null = null) => ({
        id: `audit_event:${key}`,
        ...{ subtype, properties, deletedAt, name: `event ${key}` },
      });
      await hand.nodes(
        event('err:s1:Bash:x', 'tool_error', {
          session_id: 's1',
          tool_name: 'Bash',
          error_type: 'x',
          last_occurrence: '2025-03-05',
          first_occurrence: '2025-03-01',
        }),
        event('err:s2:Read:y', 'tool_error', {
          session_id: 's2',
          tool_name: 'Read',
          error_type: 'y',
          last_occurrence: '2025-03-04',
          first_occurrence: '2025-03-04',
        }),
        event(
          'err:s2:Bash:x',
          'tool_error',
          { session_id: 's2', tool_name: 'Bash', error_type: 'x', last_occurrence: '2025-03-07' },
          '2025-03-08',
        ),
        event('@lap1:err:s1:Bash:x', 'tool_error', {
          session_id: 's1',
          tool_name: 'Bash',
          error_type: 'x',
          last_occurrence: '2025-03-06',
          first_occurrence: '2025-03-06',
        }),
        event('sys:1', 'session_boundary', {}),
        event('sys:2', 'session_boundary', { content: 'Frost in the orchard' }),
        event('log:1', 'user_action', { userUID: 'u1', timestamp: '2025-03-03' }),
      );
      await hand.entries(
        {
          key: 'err:s1:Bash:x',
          first: at(1),
          last: at(5),
          session: '',
          what: 'Bash',
          how: 'x',
          days: [
            ['2025-03-01', 1],
            ['2025-03-05', 2],
          ],
          drafts: 3,
        },
        { key: 'err:s2:Read:y', last: at(4), session: '', what: 'Read', how: 'y' },
        { key: 'err:s2:Bash:x', last: at(7), session: '', what: 'Bash', how: 'x' },
        { key: '@lap1:err:s1:Bash:x', last: at(6), session: '', what: 'Bash', how: 'x' },
        { key: 'sys:1', last: at(2), session: 's1', what: 'compact_boundary', how: 'auto' },
        { key: 'sys:2', last: null, what: 'other' },
        { key: 'log:1', last: at(3), user: 'u1' },
        { key: 'err:gone', last: at(9), session: null },
      );
      await hand.run(
        `CREATE (:AuditEvent {UID: 'theirs', eventType: 'LOGIN', timestamp: '2025-03-10T00:00:00Z'})-[:PERFORMED_BY]->(:Person {UID: 'u1'})`,
      );
    });

    const E = (key: string) => `audit_event:${key}`;

    it('are the newest first, with those of others among them and those without a time at the end', async () => {
      const all = [
        'theirs',
        E('@lap1:err:s1:Bash:x'),
        E('err:s1:Bash:x'),
        E('err:s2:Read:y'),
        E('log:1'),
        E('sys:1'),
        E('sys:2'),
      ];
      expect(await search({})).toEqual({ ids: all, more: false, next: undefined, warnings: [] });
      expect((await search({}, { limit: 3 })).more).toBe(true);
      const reversed = [...all.slice(0, -1).reverse(), E('sys:2')];
      expect(await idsOf({}, { sort: { field: 'time', isReversed: true } })).toEqual(reversed);
      expect(await idsOf({ includeDeleted: true }, { limit: 2 })).toEqual(['theirs', E('err:s2:Bash:x')]);
    });

    it.each<[Partial<NodeFilter>, string[]]>([
      [{ session: 's1' }, ['@lap1:err:s1:Bash:x', 'err:s1:Bash:x', 'sys:1']],
      [{ subtype: 'tool_error' }, ['@lap1:err:s1:Bash:x', 'err:s1:Bash:x', 'err:s2:Read:y']],
      [{ subtype: 'none' }, []],
      [{ tool: 'Bash' }, ['@lap1:err:s1:Bash:x', 'err:s1:Bash:x']],
      [{ tool: 'Bash', session: 's2' }, []],
      [{ errorType: 'y' }, ['err:s2:Read:y']],
      [{ text: 'frost' }, ['sys:2']],
      [{ since: at(4), until: at(5) }, ['err:s1:Bash:x', 'err:s2:Read:y']],
      // Its rows were of the first and the fifth, and none of the second.
      [{ since: at(2), until: at(2) }, ['sys:1']],
    ])('are found by %j', async (filter, keys) => {
      expect(await idsOf(filter)).toEqual(keys.map(E));
    });

    it('are found by a user, whom those of others tell with an edge', async () => {
      expect(await idsOf({ user: 'u1' })).toEqual(['theirs', E('log:1')]);
    });

    it('that tell no time are counted where one is asked for', async () => {
      const { warnings } = await search({ since: at(1), subtype: 'session_boundary' });
      expect(warnings).toEqual([
        '1 more would be found if they said when they were; --since and --until leave them out',
      ]);
    });

    it('of sessions come with what is not known', async () => {
      expect((await search({ session: 's1' })).warnings).toEqual([
        'sessions of 1 system event are not known: no entry of the source tells them',
      ]);
    });

    it('are found by an agent: by edges, or by what they name where there are none', async () => {
      await hand.nodes(
        { id: 'audit_event:err:s3:x', properties: { agents: ['scout'] } },
        { id: 'agent:scout', type: 'agent' },
      );
      const named = await search({ agent: 'scout' });
      expect(named.ids).toEqual(['audit_event:err:s3:x']);
      expect(named.warnings).toHaveLength(1);
      await hand.edges(['BY_AGENT', E('log:1'), 'agent:scout']);
      expect(await search({ agent: 'scout' })).toMatchObject({ ids: [E('log:1')], warnings: [] });
      expect(await idsOf({ agent: 'nobody' })).toEqual([]);
    });

    it('go on where a page ended', async () => {
      for (const field of ['time', 'id', 'name'] as const) {
        for (const isReversed of [false, true]) {
          const sort = { field, isReversed };
          const walked: unknown[] = [];
          for (let after: Search['after']; ; ) {
            const page = await search({}, { sort, limit: 2, after });
            walked.push(...page.ids);
            after = page.next;
            if (after === undefined) break;
          }
          expect(walked).toEqual(await idsOf({}, { sort }));
          expect(walked).toHaveLength(7);
        }
      }
    });

    it('end with the reason of a signal', async () => {
      const sort = { field: 'time', isReversed: false } as const;
      const asked = { filter: { nodeType: 'audit_event' }, sort, limit: 5, offset: 0 };
      await expect(graph.searcher.search(asked, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    });

    it('are not all the nodes there are', async () => {
      await hand.run("CREATE (:CDocs {UID: 'd2', title: 'Frost'}), (:CDocs {UID: 'd1'})");
      expect(await idsOf({ nodeType: 'CDocs' })).toEqual(['d1', 'd2']);
      expect(await idsOf({ nodeType: 'CDocs' }, { sort: { field: 'id', isReversed: true }, limit: 1 })).toEqual(['d2']);
    });
  });

  describe('for trails', () => {
    beforeEach(async () => {
      await hand.nodes(
        { id: 't1', type: 'audit_trail' },
        { id: 't0', type: 'audit_trail', deletedAt: '2025-03-01' },
        { id: 'audit_event:err:a', subtype: 'tool_error', properties: { timestamp: '2025-03-02' } },
        { id: 'audit_event:sys:a', subtype: 'session_boundary' },
        { id: 'audit_event:gone', subtype: 'tool_error', deletedAt: '2025-03-01' },
        { id: 'user:u1', type: 'user', name: 'Una' },
      );
      await hand.entries({ key: 'sys:a', first: at(1), last: at(3) });
      await hand.run(
        "CREATE (:AuditTrail {UID: 'theirs'}), (:AuditEvent {UID: 'e', timestamp: '2025-03-02'}), (:Doc {UID: 'd'})",
      );
      await hand.edges(
        ...['audit_event:err:a', 'audit_event:sys:a', 'audit_event:gone', 'e', 'd', 'e'].map(
          (id) => ['HAS_EVENT', 't1', id] as const,
        ),
        ['PERFORMED_BY', 'audit_event:err:a', 'user:u1'],
        ['PERFORMED_BY', 'e', 'user:u1'],
        ['PERFORMED_BY', 'e', 'd'],
      );
    });

    it('know which there are', async () => {
      expect(await graph.trails.ids(9)).toEqual(['t1', 'theirs']);
      expect(await graph.trails.has('t1')).toBe(true);
      expect(await graph.trails.has('theirs')).toBe(true);
      expect(await graph.trails.has('t0')).toBe(false);
      expect(await graph.trails.isTaken('t0')).toBe(true);
      expect(await graph.trails.isTaken('d')).toBe(true);
      expect(await graph.trails.isTaken('x')).toBe(false);
    });

    it('tell what hangs on one', async () => {
      expect(await graph.trails.summarize('t1')).toEqual({
        events: 3,
        first: at(1),
        last: at(3),
        days: [
          { day: '2025-03-02', subtype: 'tool_error', events: 1 },
          { day: '2025-03-02', subtype: null, events: 1 },
          { day: '2025-03-03', subtype: 'session_boundary', events: 1 },
        ],
        users: [
          { id: 'user:u1', name: 'Una', actions: 2 },
          { id: 'd', name: 'd', actions: 1 },
        ],
      });
    });
  });

  describe('for changes', () => {
    beforeEach(async () => {
      await hand.nodes({ id: 'a', type: 'note' }, { id: 'b', type: 'note' });
      await hand.edges(['LIKES', 'a', 'b']);
      await hand.change('1', {
        component: 'note',
        operation: 'insert',
        ...packRecords(['b', 'a']),
        amount: 2n,
      });
      await hand.change('2', { component: 'LIKES', operation: 'insert', record: 'LIKES:a->b', actor: 'linker' });
      await hand.change('3', {
        ...{ component: 'note', operation: 'update', record: 'b', at: '2025-03-02T00:00:00.000Z', run: null },
        ...{ before: '{"old":1}', after: '{"new":1}' },
      });
      await hand.change('4', {
        component: 'change_log',
        operation: 'prune',
        record: '',

        at: '2025-03-02T00:00:00.000Z',
      });
    });

    const find = async (question: object) => {
      const found = await graph.changes?.find({ limit: 50, offset: 0, ...question });
      return { ...found, changes: found?.changes.map(({ number }) => number) };
    };

    it('tell them, the newest first, each new record by itself', async () => {
      expect((await graph.changes?.find({ limit: 50, offset: 0 }))?.changes).toMatchObject([
        { number: '4', operation: 'prune' },
        { number: '3', recordId: 'b', before: '{"old":1}', after: '{"new":1}', run: null },
        { number: '2', recordId: 'LIKES:a->b', before: null, after: expect.stringContaining('"edge_type":"LIKES"') },
        { number: '1.2', recordId: 'a', run: 1, after: expect.stringContaining('"id":"a"') },
        // What it said at first is what the next change found.
        { number: '1.1', recordId: 'b', after: '{"old":1}' },
      ]);
    });

    it.each([
      [{ record: 'b' }, ['3', '1.1']],
      [{ record: 'LIKES:a->b' }, ['2']],
      [{ record: 'ab' }, []],
      [{ component: 'note', operation: 'insert' }, ['1.2', '1.1']],
      [{ actor: 'linker' }, ['2']],
      [{ since: at(2) }, ['4', '3']],
      [{ until: at(1) }, ['2', '1.2', '1.1']],
      [{ offset: 4 }, ['1.1']],
    ])('of %j', async (question, changes) => {
      expect(await find(question)).toEqual({ changes, more: false });
    });

    it('in pages', async () => {
      expect(await find({ limit: 2, offset: 2 })).toEqual({ changes: ['2', '1.2'], more: true });
    });

    it('count those that are older than a moment', async () => {
      expect(await graph.changes?.countBefore(at(2))).toBe(3);
      expect(await graph.changes?.countBefore(at(9))).toBe(4);
    });
  });

  describe('for what runs have kept', () => {
    it('tell what an extractor has read', async () => {
      const condition = { column: 'kind', oneOf: ['x'] };
      const json = JSON.stringify({ extractor: 'tool-errors', table: 'entries', condition, foldedTo: '99' });
      await hand.run("CREATE (:AuditCheckpoint {extractor: 'tool-errors', origin: '', json: $json})", { json });
      expect(await graph.records.reading('tool-errors')).toEqual({ table: 'entries', condition });
      expect(await graph.records.reading('other')).toBeUndefined();
    });

    it('tell which edges are to be made', async () => {
      await hand.entries({ key: 'err:a', owed: '*', drafts: 12 });
      await hand.run("CREATE (:AuditMeta {name: 'unlinked', value: '1'})");
      expect(await graph.records.openEdges()).toEqual({ isOwed: true, isUnlinked: false });
      await hand.run("CREATE (:AuditMeta {name: 'linkers', value: 'x'})");
      expect(await graph.records.openEdges()).toEqual({ isOwed: true, isUnlinked: true });
      expect(await graph.records.rowsOf('audit_event:err:a')).toBe(12);
    });

    it('tell of the last run', async () => {
      const totals = { rows: 1 };
      await hand.run(
        `CREATE (:AuditRun {number: 1, started_at: 'x'}), (:AuditRun {number: 2, started_at: '2025-03-01T00:00:00Z',
         finished_at: '2025-03-01T00:00:01Z', outcome: 'ok', report: $report})`,
        { report: JSON.stringify({ mode: 'full', totals }) },
      );
      expect(await graph.state()).toEqual({
        record: 'known',
        problems: [],
        lastRun: {
          id: 2,
          started_at: '2025-03-01T00:00:00Z',
          finished_at: '2025-03-01T00:00:01Z',
          outcome: 'ok',
          mode: 'full',
          totals,
        },
      });
    });
  });
});
