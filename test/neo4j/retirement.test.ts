import { beforeEach, describe, expect, it } from 'vitest';
import { VETO } from '../../src/model/hook.ts';
import { NodeHooks } from '../../src/model/node-hooks.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { ensureSchema } from '../../src/neo4j/schema.ts';
import { Chain } from '../../src/neo4j/target/chain.ts';
import { openRecordedGraph } from '../../src/neo4j/target/recorded-graph.ts';
import { Neo4jRetirement } from '../../src/neo4j/target/retirement.ts';
import { RunList } from '../../src/neo4j/target/run-list.ts';
import { connected } from './connected.ts';
import { cypher, forgetful, NOW, plainCleaner, writeEvents, writeForeign } from './hand-written.ts';
import { noNeo4jHere } from './open-neo4j.ts';

const KIND = { prefix: 'err', subtype: 'error' };

describe.skipIf(noNeo4jHere({ own: false }))('the retirement of events on Neo4j', { timeout: 120_000 }, () => {
  let connection: Connection;

  connected((opened) => {
    connection = opened;
  });
  beforeEach(() => ensureSchema(connection));

  const open = ({ origin = '', hooks, at = connection }: Opening = {}) =>
    new Neo4jRetirement(at, {
      ...{ program: 'audit-extract 1', runs: new RunList(NOW, origin), signal: new AbortController().signal },
      chain: new Chain({ path: connection.path, origin, program: 'audit-extract 1', holder: () => undefined }),
      writing: { now: NOW, cleaner: plainCleaner, hooks },
    });
  const keys = async () => {
    const rows = await cypher<{ key: string }>(connection, 'MATCH (e:AuditEntry) RETURN e.key AS key ORDER BY key');
    return rows.map(({ key }) => key);
  };
  const nodes = async (condition = 'true') => {
    const rows = await cypher<{ id: string }>(
      connection,
      `MATCH (n:KgNode) WHERE ${condition} RETURN n.UID AS id ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  };
  const log = async () => {
    const rows = await cypher<{ said: string }>(
      connection,
      `MATCH (c:AuditChange) RETURN c.operation + ' ' + c.record + ' by ' + c.actor + ' in ' + toString(c.run) AS said
       ORDER BY said`,
    );
    return rows.map(({ said }) => said);
  };

  describe('forgets', () => {
    it('what is kept of events that the run has not seen; their nodes stay, and the chain tells of it', async () => {
      await writeEvents(connection, ['err:a', 'err:c', 'errs:a', 'sys:a', '@lap1:err:a'], { run: 7n });
      await writeEvents(connection, ['err:b'], { run: 1n });
      await open().forgetUnseen(KIND, () => false);
      expect(await keys()).toEqual(['@lap1:err:a', 'err:b', 'errs:a', 'sys:a']);
      expect(await nodes()).toHaveLength(6);
      const graph = await openRecordedGraph(connection, undefined);
      expect(await graph.headSeal()).toMatchObject({ number: 1 });
      expect(await cypher(connection, 'MATCH (r:AuditRun) RETURN r.number AS number')).toEqual([{ number: 1n }]);
    });

    it('page by page, those that are replaced listed', async () => {
      const many = Array.from({ length: 2100 }, (_, at) => `err:${String(at).padStart(4, '0')}`);
      await writeEvents(connection, many, { run: 7n });
      const retirement = open();
      await retirement.forgetUnseen(KIND, (key) => key.endsWith('0'));
      expect(await keys()).toEqual([]);
      const { nodes: count, ids } = await retirement.readReplaced(undefined);
      expect([count, ids.length, ids[1]]).toEqual([210, 100, 'audit_event:err:0010']);
      const graph = await openRecordedGraph(connection, undefined);
      expect((await graph.digestLeaves()).kept.nodes).toBe(0);
    });
  });

  describe('deletes', () => {
    it('events that are there, and tells how many were not deleted before', async () => {
      await writeEvents(connection, ['err:a', 'err:b', 'err:c']);
      await cypher(connection, "MATCH (n {UID: 'audit_event:err:b'}) SET n.deleted_at = 'before'");
      const retirement = open();
      expect(await retirement.deleteEvents(['err:a', 'err:b', 'err:none'], 'tool-errors@1')).toBe(1);
      expect(await nodes('n.deleted_at IS NULL')).toEqual(['audit_event:err:c']);
      expect(await nodes(`n.deleted_at = '${NOW}'`)).toEqual(['audit_event:err:a']);
      expect(await log()).toEqual(['soft_delete audit_event:err:a by tool-errors@1 in 1']);
      expect(await keys()).toHaveLength(3);
    });

    it('once, and counts them, where the answer of a server is lost', async () => {
      await writeEvents(connection, ['err:a', 'err:b']);
      const retirement = open({ at: forgetful(connection) });
      expect(await retirement.deleteEvents(['err:a', 'err:b'], 'tool-errors@1')).toBe(2);
      expect(await log()).toHaveLength(2);
    });

    it('none that a hook keeps', async () => {
      await writeEvents(connection, ['err:a']);
      const hooks = new NodeHooks([{ name: 'keeper', beforeDelete: () => VETO }], plainCleaner);
      expect(await open({ hooks }).deleteEvents(['err:a'], 'tool-errors@1')).toBe(0);
      expect(await nodes('n.deleted_at IS NULL')).toHaveLength(1);
    });
  });

  it('reads keys of events that are counted, beyond pages of those that are not', async () => {
    const gone = Array.from({ length: 1500 }, (_, at) => `err:a${at}`);
    await writeEvents(connection, gone);
    await cypher(connection, "MATCH (n:KgNode) SET n.deleted_at = 'x'");
    await writeEvents(connection, ['err:b', 'err:c', 'errs:d']);
    await cypher(connection, "MATCH (n {UID: 'audit_event:err:c'}) DELETE n");
    const retirement = open();
    expect(await retirement.readCounted('err', '')).toEqual(['err:b']);
    expect(await retirement.readCounted('err', 'err:b')).toEqual([]);
    expect(await retirement.readCounted('task', '')).toEqual([]);
  });

  describe('removes nodes under ids that were replaced', () => {
    const list = (...replaced: readonly string[]) =>
      cypher(connection, 'UNWIND $replaced AS key CREATE (:AuditReplaced {key: key})', { replaced });
    /** Removes what is kept of events, as forgetting does. */
    const forget = () => cypher(connection, 'MATCH (e:AuditEntry) DELETE e');

    it('with the edges that we made, unless others have joined them, or they are recorded once more', async () => {
      await writeEvents(connection, ['err:a', 'err:b', 'err:c', 'err:d', 'err:f']);
      await forget();
      await cypher(connection, "MATCH (n {UID: 'audit_event:err:d'}) DELETE n");
      await writeEvents(connection, ['err:e']);
      await writeForeign(connection, 'CDocs', 'doc:1');
      await cypher(
        connection,
        `MATCH (d {UID: 'doc:1'}), (a {UID: 'audit_event:err:a'}), (b {UID: 'audit_event:err:b'}), (c {UID: 'audit_event:err:c'}),
           (f {UID: 'audit_event:err:f'})
         CREATE (d)-[:HAS_EVENT {created_at: $now, updated_at: $now}]->(a),
           (a)-[:NEXT {created_at: $now, updated_at: $now, properties: '{"a":1}'}]->(c),
           (d)-[:MENTIONS]->(b), (d)-[:MENTIONS {created_at: $now, updated_at: $now, weight: 3}]->(f)`,
        { now: NOW },
      );
      await list('err:a', 'err:b', 'err:c', 'err:d', 'err:e', 'err:f', '@lap1:err:a');
      const retirement = open();
      expect(await retirement.readReplaced(undefined)).toMatchObject({ nodes: 5 });
      expect(await retirement.retireReplaced(undefined)).toBe(3);
      expect(await nodes()).toEqual(['audit_event:err:b', 'audit_event:err:e', 'audit_event:err:f']);
      expect(await retirement.readReplaced(undefined)).toEqual({
        nodes: 2,
        ids: ['audit_event:err:b', 'audit_event:err:f'],
      });
      expect(await log()).toEqual([
        'delete HAS_EVENT:doc%3A1->audit_event%3Aerr%3Aa by audit-extract 1 in 1',
        'delete NEXT:audit_event%3Aerr%3Aa->audit_event%3Aerr%3Ac by audit-extract 1 in 1',
        'delete audit_event:err:a by audit-extract 1 in 1',
        'delete audit_event:err:c by audit-extract 1 in 1',
      ]);
      expect(await open({ origin: 'lap1' }).readReplaced('lap1')).toEqual({
        nodes: 1,
        ids: ['audit_event:@lap1:err:a'],
      });
    });

    it('unless a hook keeps them, edges and all', async () => {
      await writeEvents(connection, ['err:a', 'err:b']);
      await forget();
      await cypher(
        connection,
        `MATCH (a {UID: 'audit_event:err:a'}), (b {UID: 'audit_event:err:b'})
         CREATE (a)-[:NEXT {created_at: $now, updated_at: $now}]->(b)`,
        { now: NOW },
      );
      await list('err:a', 'err:b');
      const hooks = new NodeHooks([{ name: 'keeper', beforeDelete: () => VETO }], plainCleaner);
      expect(await open({ hooks }).retireReplaced(undefined)).toBe(0);
      expect(await nodes()).toHaveLength(2);
      expect(await cypher(connection, 'MATCH ()-[r]->() RETURN type(r) AS type')).toHaveLength(1);
    });

    it('page by page, and counts each once, though the answers of a server be lost', async () => {
      const many = Array.from({ length: 1100 }, (_, at) => `err:${String(at).padStart(4, '0')}`);
      await writeEvents(connection, many);
      await forget();
      await list(...many);
      const retirement = open({ at: forgetful(connection) });
      expect(await retirement.retireReplaced(undefined)).toBe(1100);
      expect(await nodes()).toEqual([]);
    });
  });
});

interface Opening {
  readonly origin?: string;
  readonly hooks?: NodeHooks;
  readonly at?: Pick<Connection, 'read' | 'write'>;
}
