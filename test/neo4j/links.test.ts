import { beforeEach, describe, expect, it } from 'vitest';
import { edgeId } from '../../src/model/edge.ts';
import { entityNode, entityRecord } from '../../src/model/entity.ts';
import { VETO } from '../../src/model/hook.ts';
import { nodeId } from '../../src/model/key.ts';
import type { EventLinks, UnlinkedEvent } from '../../src/model/link-target.ts';
import type { Link } from '../../src/model/linker.ts';
import { AUDIT_EVENT } from '../../src/model/node.ts';
import { NodeHooks } from '../../src/model/node-hooks.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { ensureSchema } from '../../src/neo4j/schema.ts';
import { saveCheckpoint } from '../../src/neo4j/target/checkpoints.ts';
import { linkStates } from '../../src/neo4j/target/link-outlook.ts';
import { Neo4jLinkTarget } from '../../src/neo4j/target/link-target.ts';
import { oweLinks } from '../../src/neo4j/target/owed-links.ts';
import { connected } from './connected.ts';
import { cypher, forgetful, NOW, plainCleaner, writeEvents, writeForeign } from './hand-written.ts';
import { noNeo4jHere } from './open-neo4j.ts';

type Wire = Pick<Connection, 'read' | 'write'>;

const NOBODY_WAITS = new AbortController().signal;

describe.skipIf(noNeo4jHere({ own: false }))('edges of events on Neo4j', { timeout: 120_000 }, () => {
  let connection: Connection;

  connected((opened) => {
    connection = opened;
  });
  beforeEach(() => ensureSchema(connection));

  const open = (linkers: string | null = 'linkers-1', hooks?: NodeHooks, at: Wire = connection) =>
    new Neo4jLinkTarget(at, {
      writing: { now: NOW, cleaner: plainCleaner, hooks },
      ...{ linkers, runs: { current: 0 }, signal: NOBODY_WAITS },
    });
  const edges = async () => {
    const rows = await cypher<{ edge: string }>(
      connection,
      "MATCH (a)-[r]->(b) RETURN a.UID + ' ' + type(r) + ' ' + b.UID AS edge ORDER BY edge",
    );
    return rows.map(({ edge }) => edge);
  };

  describe('are asked for, where events', () => {
    it('were not linked by these linkers as they stand', async () => {
      await writeEvents(connection, ['err:s1:a', '@lap1:err:s1:a']);
      await writeEvents(connection, ['err:s1:b'], { linked: 'linkers-1' });
      await writeEvents(connection, ['err:s1:c'], { linked: 'linkers-0', session: 'other' });
      await cypher(connection, "MATCH (n {UID: 'audit_event:err:s1:c'}) DELETE n");
      const links = open();
      const page = await links.readUnlinked('', 2);
      expect(page.map(({ place }) => place)).toEqual(['@lap1:err:s1:a', 'err:s1:a']);
      expect(page[1]).toMatchObject({ id: 'audit_event:err:s1:a', session: 's1', node: { subtype: 'error' } });
      const rest = await links.readUnlinked('err:s1:a', 2);
      expect(rest).toMatchObject([{ place: 'err:s1:c', session: 'other', node: undefined }]);
      expect(await links.readUnlinked('err:s1:c', 2)).toEqual([]);
    });

    it('are recorded: those of others are counted, unless they have no id', async () => {
      await writeEvents(connection, ['err:s1:a']);
      expect(await open().countUnrecorded()).toBe(0);
      await writeForeign(connection, 'AuditEvent', 'theirs:1');
      await cypher(connection, "CREATE (:AuditEvent {title: 'without an id'})");
      expect(await open().countUnrecorded()).toBe(1);
    });

    it('are noted as written without edges, until that note is dropped', async () => {
      const links = open();
      expect(await links.readNote()).toBeUndefined();
      await cypher(connection, "CREATE (:AuditMeta {name: 'unlinked', value: 'later'})");
      await links.dropNote('before');
      expect(await links.readNote()).toBe('later');
      await links.dropNote('later');
      expect(await links.readNote()).toBeUndefined();
    });
  });

  describe('are made', () => {
    it('with the entities they lead to, and events are marked and the log is written', async () => {
      await writeEvents(connection, ['err:s1:a', 'err:s1:b']);
      const links = open();
      const done = await links.link(await linksOf(links, toSession));
      expect(done).toMatchObject({ events: 2, counts: { nodes: 1, missing: 0 } });
      expect(done.counts.edges).toEqual(new Map([['IN_SESSION', { inserted: 2, unchanged: 0 }]]));
      expect(await edges()).toEqual([
        'audit_event:err:s1:a IN_SESSION session:s1',
        'audit_event:err:s1:b IN_SESSION session:s1',
      ]);
      expect(await links.readUnlinked('', 10)).toEqual([]);
      const log = await cypher(
        connection,
        `MATCH (c:AuditChange) RETURN c.component AS component, c.operation AS operation, c.amount AS amount, c.run AS run
         ORDER BY component`,
      );
      expect(log).toEqual([
        { component: 'IN_SESSION', operation: 'insert', amount: 2n, run: null },
        { component: 'session', operation: 'insert', amount: 1n, run: null },
      ]);
      expect(await cypher(connection, "MATCH (m:AuditMeta {name: 'linkers'}) RETURN m.value AS value")).toEqual([
        { value: 'all' },
      ]);
    });

    it('once: what is there is counted, be it made by others', async () => {
      await writeEvents(connection, ['err:s1:a', 'err:s1:b']);
      await writeForeign(connection, 'Session', 'session:s1');
      await cypher(
        connection,
        `MATCH (a {UID: 'audit_event:err:s1:a'}), (b {UID: 'session:s1'}) CREATE (a)-[:IN_SESSION {id: 'x', weight: 3}]->(b)`,
      );
      const links = open();
      const events = await linksOf(links, toSession);
      const { counts } = await links.link([...events, ...events]);
      expect(counts).toMatchObject({ nodes: 0, missing: 0 });
      expect(counts.edges).toEqual(new Map([['IN_SESSION', { inserted: 1, unchanged: 3 }]]));
      expect(await edges()).toHaveLength(2);
      const again = await links.link(events);
      expect(again.counts.edges).toEqual(new Map([['IN_SESSION', { inserted: 0, unchanged: 2 }]]));
      expect(await cypher(connection, 'MATCH (s:Session) RETURN labels(s) AS labels')).toEqual([
        { labels: ['Session'] },
      ]);
    });

    it('not where an end is missing, nor is an entity made for it, and the event is asked for again', async () => {
      await writeEvents(connection, ['err:s1:a']);
      const links = open();
      const events = await linksOf(links, (id) => [
        link('BELONGS_TO', id, 'CDocs:missing'),
        link('LEADS', 'CDocs:missing', entityNode('user', 'ann', {})),
        ...toSession(id),
      ]);
      const { counts } = await links.link(events);
      expect(counts).toMatchObject({ nodes: 1, missing: 2, missingEnds: ['CDocs:missing'] });
      expect(await edges()).toEqual(['audit_event:err:s1:a IN_SESSION session:s1']);
      expect(await links.readUnlinked('', 10)).toHaveLength(1);
      await writeForeign(connection, 'CDocs', 'CDocs:missing');
      expect((await links.link(events)).counts).toMatchObject({ nodes: 1, missing: 0 });
      expect(await edges()).toContain('audit_event:err:s1:a BELONGS_TO CDocs:missing');
      expect(await links.readUnlinked('', 10)).toEqual([]);
    });

    it('not to entities that a hook keeps from being made', async () => {
      await writeEvents(connection, ['err:s1:a']);
      const hooks = new NodeHooks(
        [{ name: 'no-sessions', nodeType: 'session', beforeInsert: () => VETO }],
        plainCleaner,
      );
      const links = open('linkers-1', hooks);
      const { counts } = await links.link(await linksOf(links, toSession));
      expect(counts).toMatchObject({ nodes: 0, missing: 1, missingEnds: ['session:s1'] });
      expect(await edges()).toEqual([]);
    });

    it('of an event that was written anew meanwhile, and that is not marked', async () => {
      await writeEvents(connection, ['err:s1:a', 'err:s1:b', 'err:s1:c']);
      const links = open();
      const events = await linksOf(links, toSession);
      await cypher(connection, "MATCH (e:AuditEntry {key: 'err:s1:a'}) SET e.leaf = 'another'");
      await cypher(connection, "MATCH (e:AuditEntry {key: 'err:s1:b'}) REMOVE e.session");
      await links.link(events);
      expect((await links.readUnlinked('', 10)).map(({ place }) => place)).toEqual(['err:s1:a', 'err:s1:b']);
    });

    it('so many of them at once', async () => {
      await writeEvents(
        connection,
        Array.from({ length: 1200 }, (_, at) => `err:s${at % 7}:${at}`),
      );
      const links = open();
      const events = await linksOf(links, toSession, 5000);
      const first = await links.link(events);
      const second = await links.link(events.slice(first.events));
      expect([first.events, second.events]).toEqual([1000, 200]);
      expect([first.counts.nodes, second.counts.nodes]).toEqual([6, 1]);
      expect(await edges()).toHaveLength(1200);
    });

    it('once, and counted as made, where the answer of a server is lost', async () => {
      await writeEvents(connection, ['err:s1:a', 'err:s1:b']);
      const links = open('linkers-1', undefined, forgetful(connection));
      const { counts } = await links.link(await linksOf(links, toSession));
      expect(counts).toMatchObject({ nodes: 1, missing: 0 });
      expect(counts.edges).toEqual(new Map([['IN_SESSION', { inserted: 2, unchanged: 0 }]]));
      expect(await edges()).toHaveLength(2);
    });

    it('by several at once, each edge and each entity once', async () => {
      await writeEvents(
        connection,
        Array.from({ length: 60 }, (_, at) => `err:s${at % 5}:${at}`),
      );
      const targets = [open(), open(), open(), open()];
      const events = await Promise.all(targets.map((links) => linksOf(links, toSession)));
      const done = await Promise.all(targets.map((links, at) => links.link(events[at] ?? [])));
      expect(await edges()).toHaveLength(60);
      const inserted = done.map(({ counts }) => counts.edges.get('IN_SESSION')?.inserted ?? 0);
      expect(inserted.reduce((sum, count) => sum + count, 0)).toBe(60);
      expect(done.reduce((sum, { counts }) => sum + counts.nodes, 0)).toBe(5);
    });
  });

  it('are counted ahead, entities once over all pages, and nothing is written', async () => {
    await writeEvents(connection, ['err:s1:a', 'err:s1:b']);
    const links = open();
    const events = await linksOf(links, (id) => [...toSession(id), link('NEEDS', id, 'CDocs:missing')]);
    const [first, ...rest] = events;
    const ahead = first === undefined ? [] : [{ ...first, isCut: true }];
    expect(await links.preview(ahead)).toMatchObject({ nodes: 1, missing: 1, cut: 1 });
    expect(await links.preview(rest)).toMatchObject({ nodes: 0, missing: 1, cut: 0 });
    expect(await edges()).toEqual([]);
    const states = await connection.read((tx) =>
      linkStates(tx, [toSession('audit_event:err:s1:a'), [], [link('NEEDS', 'audit_event:err:s1:a', 'CDocs:missing')]]),
    );
    expect(states).toEqual(['open', 'made', 'stuck']);
  });

  describe('are owed', () => {
    const owed = (keys: readonly string[], after?: bigint) => connection.write((tx) => oweLinks(tx, keys, after));

    it('where a node names fewer than its rows do', async () => {
      await writeEvents(connection, ['err:s1:a']);
      const links = open();
      await links.link((await linksOf(links, toSession)).map((event) => ({ ...event, isCut: true })));
      expect(await links.readOwed('err', '', 10)).toEqual([{ key: 'err:s1:a', after: undefined }]);
    });

    it('for the older of two debts, in the order of keys of a prefix', async () => {
      await writeEvents(connection, ['err:a', 'err:b', 'err:c', 'errs:a', 'err:d']);
      await owed(['err:a', 'err:b', 'err:c', 'errs:a'], 9_007_199_254_740_993n);
      await owed(['err:a'], 12n);
      await owed(['err:b'], 9_007_199_254_740_995n);
      await owed(['err:c']);
      await owed(['err:c'], 12n);
      const links = open();
      expect(await links.readOwed('err', '', 2)).toEqual([
        { key: 'err:a', after: 12n },
        { key: 'err:b', after: 9_007_199_254_740_993n },
      ]);
      expect(await links.readOwed('err', 'err:b', 2)).toEqual([{ key: 'err:c', after: undefined }]);
    });

    it('until the rows are linked, but for those that have come meanwhile', async () => {
      await writeEvents(connection, ['err:a', 'err:b', 'err:c']);
      await owed(['err:a'], 5n);
      await owed(['err:b'], 30n);
      await owed(['err:c']);
      await connection.write((tx) => saveCheckpoint(tx, { ...CHECKPOINT, foldedTo: 40n }, ''));
      const links = open();
      const keys = ['err:a', 'err:b', 'err:c'];
      await links.settle(keys, { extractor: 'tool-errors', upTo: 20n, content: undefined });
      expect((await links.readOwed('err', '', 10)).map(({ after }) => after)).toEqual([20n, 30n, 20n]);
      await links.settle(keys, { extractor: 'tool-errors', upTo: 40n, content: undefined });
      expect(await links.readOwed('err', '', 10)).toEqual([]);
    });
  });

  it('lead to trails, whoever has made them, unless they are marked as deleted', async () => {
    const { trails } = open();
    expect(await trails.ids(5)).toEqual([]);
    await writeForeign(connection, 'AuditTrail', 'audit_trail:theirs');
    await cypher(
      connection,
      `CREATE (:KgNode:AuditTrail {UID: 'audit_trail:main', node_type: 'audit_trail'}),
       (:KgNode:AuditTrail {UID: 'audit_trail:gone', node_type: 'audit_trail', deleted_at: 'x'}), (:AuditTrail)`,
    );
    await writeForeign(connection, 'CDocs', 'doc:1');
    expect(await trails.ids(5)).toEqual(['audit_trail:main', 'audit_trail:theirs']);
    expect(await trails.ids(1)).toEqual(['audit_trail:main']);
    const ids = ['audit_trail:theirs', 'audit_trail:gone', 'doc:1', 'none'];
    expect(await Promise.all(ids.map((id) => trails.has(id)))).toEqual([true, false, false, false]);
    expect(await Promise.all(ids.map((id) => trails.isTaken(id)))).toEqual([true, true, true, false]);
  });
});

const CHECKPOINT = {
  ...{ extractor: 'tool-errors', table: 'errors', digest: 'd', rules: 'r', condition: undefined },
  ...{ unfinished: undefined, landmarks: { columns: [], rows: [] }, firstRow: 1n },
  ...{ counts: { rows: 1, nodes: 0, skipped: 0 }, earlier: [], content: undefined },
};

type End = ReturnType<typeof entityNode> | string;

/** An edge to a node that has to be there, or to an entity that is made where it is not. */
function link(edgeType: string, fromNode: string, to: End): Link {
  const toNode = typeof to === 'string' ? to : to.id;
  const edge = { edgeType, fromNode, toNode, properties: null };
  return {
    edge: { ...edge, id: edgeId(edge) },
    entities: typeof to === 'string' ? [] : [entityRecord(to)],
    actor: 'by-test@1',
  };
}

/** From an event to the session that its key names. */
function toSession(id: string): readonly Link[] {
  return [link('IN_SESSION', id, entityNode('session', id.split(':')[2] ?? '', {}))];
}

async function linksOf(
  links: Neo4jLinkTarget,
  linksFor: (id: string) => readonly Link[],
  limit = 1000,
): Promise<readonly EventLinks[]> {
  const page = await links.readUnlinked('', limit);
  return page.map(({ entry }: UnlinkedEvent) => {
    const id = nodeId(AUDIT_EVENT, entry.key);
    return { id, entry, links: linksFor(id), isCut: false };
  });
}
