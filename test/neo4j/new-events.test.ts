import { beforeEach, describe, expect, it } from 'vitest';
import { edgeId } from '../../src/model/edge.ts';
import { type EntityNode, entityNode, entityRecord } from '../../src/model/entity.ts';
import type { Link } from '../../src/model/linker.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { GraphWriter } from '../../src/neo4j/graph-writer.ts';
import { ensureSchema } from '../../src/neo4j/schema.ts';
import { planLinks } from '../../src/neo4j/target/link-writer.ts';
import type { Transaction } from '../../src/neo4j/transaction.ts';
import { connected } from './connected.ts';
import { cypher, eventNode, NOW, plainCleaner, writeEvents } from './hand-written.ts';
import { noNeo4jHere } from './open-neo4j.ts';

const [A, B] = ['a', 'b'].map(eventNode);
const [IDA, IDB] = ['audit_event:a', 'audit_event:b'] as const;
const SESSION = entityNode('session', 's1', {});
const actor = 'a linker';

describe.skipIf(noNeo4jHere({ own: false }))('new events on Neo4j', { timeout: 120_000 }, () => {
  let connection: Connection;

  connected((opened) => {
    connection = opened;
  });
  beforeEach(() => ensureSchema(connection));

  const write = (links: readonly (readonly Link[])[], before = async () => {}) =>
    connection.write(async (tx) => {
      const writer = new GraphWriter(tx, { now: NOW, run: null, tx: 'x', cleaner: plainCleaner, hooks: undefined });
      const fresh = [A, B].flatMap((node) => (node === undefined ? [] : [{ node, actor }]));
      const planned = await planLinks(pausing(tx, before), writer, links, fresh);
      const counts = await planned.write();
      await writer.end();
      return { whole: planned.whole, counts };
    });
  const edges = async () =>
    (
      await cypher<{ edge: string }>(
        connection,
        `MATCH (a)-[r]->(b) RETURN a.UID + ' ' + coalesce(r.edge_type, type(r)) + ' ' + coalesce(r.properties, '-') + ' ' + b.UID
           AS edge ORDER BY edge`,
      )
    ).map(({ edge }) => edge);

  it('are made with edges either way, of any type, each with what it says', async () => {
    const { whole, counts } = await write([
      [
        link('IN_SESSION', IDA, SESSION.id, SESSION),
        link('HAS EVENT`', SESSION.id, IDA, SESSION, '{"a":1}'),
        link('IN_SESSION', IDA, SESSION.id, SESSION),
      ],
      [
        link('IN_SESSION', IDB, SESSION.id, SESSION),
        link('HAS EVENT`', SESSION.id, IDB, SESSION, '{"b":2}'),
        link('NEEDS', IDB, 'nobody'),
      ],
    ]);
    expect(whole).toEqual([true, false]);
    expect(counts.edges).toEqual(
      new Map([
        ['IN_SESSION', { inserted: 2, unchanged: 1 }],
        ['HAS EVENT`', { inserted: 2, unchanged: 0 }],
      ]),
    );
    expect(await edges()).toEqual([
      `${IDA} IN_SESSION - session:s1`,
      `${IDB} IN_SESSION - session:s1`,
      `session:s1 HAS EVENT\` {"a":1} ${IDA}`,
      `session:s1 HAS EVENT\` {"b":2} ${IDB}`,
    ]);
  });

  it('are made with edges between them, and of one with itself', async () => {
    const links = [[link('RETRIES', IDB, IDA), link('IN_SESSION', IDA, SESSION.id, SESSION)], [link('IS', IDB, IDB)]];
    const { whole, counts } = await write(links);
    expect(whole).toEqual([true, true]);
    expect([...counts.edges.values()].map(({ inserted }) => inserted)).toEqual([1, 1, 1]);
    expect(await edges()).toEqual([`${IDA} IN_SESSION - session:s1`, `${IDB} IS - ${IDB}`, `${IDB} RETRIES - ${IDA}`]);
  });

  it('are made anew, with the entity, where somebody removes that before its edge is made', async () => {
    await cypher(connection, 'CREATE (s:KgNode:Session) SET s = $said', { said: { UID: SESSION.id, name: 's1' } });
    let removals = 0;
    const links = [[link('IN_SESSION', IDA, SESSION.id, SESSION)], []];
    const { counts } = await write(links, async () => {
      if (removals++ === 0) await cypher(connection, 'MATCH (s:Session) DELETE s');
    });
    expect(removals).toBe(2);
    expect(counts).toMatchObject({ nodes: 1, missing: 0 });
    expect(await edges()).toEqual([`${IDA} IN_SESSION - session:s1`]);
  });

  it('are not made, and that is told, where somebody never leaves off removing it', async () => {
    const links = [[link('IN_SESSION', IDA, SESSION.id, SESSION)], []];
    const make = () => cypher(connection, 'MERGE (:KgNode:Session {UID: $id})', { id: SESSION.id });
    await make();
    const written = write(links, async () => {
      await cypher(connection, 'MATCH (s:Session) DELETE s');
      await make();
    });
    await expect(written).rejects.toMatchObject({ code: 'target-locked' });
    expect(await cypher(connection, 'MATCH (e:AuditEvent) RETURN e')).toEqual([]);
  });

  it('are there already: their edges collide, too, with whoever removes an end', async () => {
    await writeEvents(connection, ['a', 'b']);
    await cypher(connection, 'CREATE (s:KgNode:Session) SET s = $said', { said: { UID: SESSION.id, name: 's1' } });
    let removals = 0;
    const counts = await connection.write(async (tx) => {
      const writer = new GraphWriter(tx, { now: NOW, run: null, tx: 'x', cleaner: plainCleaner, hooks: undefined });
      const { write: make } = await planLinks(tx, writer, [[link('IN_SESSION', IDA, SESSION.id, SESSION)]], []);
      if (removals++ === 0) await cypher(connection, 'MATCH (s:Session) DELETE s');
      return make();
    });
    expect(removals).toBe(2);
    expect(counts.edges).toEqual(new Map([['IN_SESSION', { inserted: 1, unchanged: 0 }]]));
    expect(await edges()).toEqual([`${IDA} IN_SESSION - session:s1`]);
  });

  /** Something happens once ends have been looked for. */
  function pausing(tx: Transaction, before: () => Promise<void>): Transaction {
    return {
      run: async <Row extends object>(...statement: Parameters<Transaction['run']>) => {
        const rows = await tx.run<Row>(...statement);
        if (statement[0].startsWith('UNWIND $ids AS id')) await before();
        return rows;
      },
    };
  }

  function link(edgeType: string, fromNode: string, toNode: string, entity?: EntityNode, properties?: string): Link {
    const said = { edgeType, fromNode, toNode, properties: properties ?? null };
    const entities = entity === undefined ? [] : [entityRecord(entity)];
    return { edge: { ...said, id: edgeId(said) }, entities, actor };
  }
});
