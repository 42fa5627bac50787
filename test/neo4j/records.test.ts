import { isDeepStrictEqual } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { Chunker, fingerprintOf } from '../../src/model/chunk.ts';
import type { RecordedGraph, RecordedNode } from '../../src/model/recorded-graph.ts';
import type { RunReport } from '../../src/model/report.ts';
import { compareUtf8 } from '../../src/model/text.ts';
import type { Connection } from '../../src/neo4j/connection.ts';
import { ensureSchema } from '../../src/neo4j/schema.ts';
import { findCheckpoint, saveCheckpoint } from '../../src/neo4j/target/checkpoints.ts';
import { readHistory } from '../../src/neo4j/target/read-history.ts';
import { openRecordedGraph } from '../../src/neo4j/target/recorded-graph.ts';
import { RunList } from '../../src/neo4j/target/run-list.ts';
import { connected } from './connected.ts';
import { cypher, eventNode, NOW, writeEvents } from './hand-written.ts';
import { noNeo4jHere } from './open-neo4j.ts';

describe.skipIf(noNeo4jHere({ own: false }))('what is kept beside a graph on Neo4j', { timeout: 120_000 }, () => {
  let connection: Connection;

  connected((opened) => {
    connection = opened;
  });

  it('is nothing in a database where we have not written, and nothing is made by looking', async () => {
    const before = await cypher(connection, 'SHOW CONSTRAINTS');
    await expect(openRecordedGraph(connection, undefined)).rejects.toMatchObject({ code: 'target-schema' });
    expect(await readHistory(connection, 5)).toEqual({ lastChecked: null, runs: [], checkpoints: [] });
    expect(await cypher(connection, 'SHOW CONSTRAINTS')).toEqual(before);
    expect(await cypher(connection, 'MATCH (n) RETURN n')).toEqual([]);
  });

  describe('records', () => {
    beforeEach(() => ensureSchema(connection));

    it('come in the order of keys, each with its node as it stands', async () => {
      await writeEvents(connection, ['err:s2:b', 'err:s1:\u{1f600}', 'err:s1:\ufffd', 'errs:s1', 'err:s1:a']);
      await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:s1:a'}) DELETE n");
      await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:s2:b'}) SET n.deleted_at = $now", { now: NOW });
      const graph = await openRecordedGraph(connection, undefined);
      const records = await all(graph.records('err'));
      expect(records.map(({ key }) => key)).toEqual(['err:s1:a', 'err:s1:\ufffd', 'err:s1:\u{1f600}', 'err:s2:b']);
      expect(records[0]).toMatchObject({ id: 'audit_event:err:s1:a', node: undefined, isDeleted: false });
      expect(records[1]).toMatchObject({ drafts: 1, state: null, node: eventNode('err:s1:\ufffd'), isDeleted: false });
      expect(records[3]).toMatchObject({ node: { id: 'audit_event:err:s2:b' }, isDeleted: true });
      const some = await all(graph.recordsOf(['err:s2:b', 'err:none', 'err:s1:a']));
      expect(some.map(({ key }) => key)).toEqual(['err:s2:b', 'err:s1:a']);
    });

    it('come in pages', async () => {
      const keys = Array.from({ length: 2500 }, (_, at) => `err:s:${String(at).padStart(5, '0')}`);
      await writeEvents(connection, keys);
      const graph = await openRecordedGraph(connection, undefined);
      const pages = [];
      for await (const page of graph.records('err')) pages.push(page.map(({ key }) => key));
      expect(pages.map((page) => page.length)).toEqual([1000, 1000, 500]);
      expect(pages.flat()).toEqual(keys);
    });

    it('are found whatever program has made the node, and however long its key is', async () => {
      const long = `err:${'s'.repeat(600)}`;
      await writeEvents(connection, ['err:a', long]);
      await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:a'}) REMOVE n:KgNode");
      const graph = await openRecordedGraph(connection, undefined);
      const records = await all(graph.recordsOf(['err:a', long]));
      expect(records.map(({ node }) => node?.id)).toEqual(['audit_event:err:a', eventNode(long).id]);
    });

    it('have nodes to which others may have done anything', async () => {
      await writeEvents(connection, ['err:a', 'err:b', 'err:c', 'err:d']);
      await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:a'}) SET n.name = 7, n.deleted_at = date()");
      await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:b'}) SET n.properties = 'no JSON'");
      await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:c'}) REMOVE n.source_table");
      const graph = await openRecordedGraph(connection, undefined);
      const [a, b, c, d] = await all(graph.records('err'));
      expect(a).toMatchObject({ node: { name: '7' }, isDeleted: true });
      expect(b?.node?.properties).not.toBe(eventNode('err:b').properties);
      expect(c?.node?.sourceTable).toBeNull();
      expect(d).toMatchObject({ node: eventNode('err:d'), isDeleted: false });
    });

    it('are those of one origin, whose keys alone it sees', async () => {
      await writeEvents(connection, ['!odd:1', 'err:a', 'sys:a', '@lap1:err:a', '@lap1:task:a', '@lap2:err:b', 'none']);
      const [own, lap1] = [await openRecordedGraph(connection, undefined), await openRecordedGraph(connection, 'lap1')];
      expect(await own.prefixes()).toEqual(['!odd', 'err', 'sys']);
      expect(await lap1.prefixes()).toEqual(['@lap1:err', '@lap1:task']);
      expect((await own.sampleKeys(10)).toSorted()).toEqual(['!odd:1', 'err:a', 'none', 'sys:a']);
      expect((await lap1.sampleKeys(10)).toSorted()).toEqual(['@lap1:err:a', '@lap1:task:a']);
      expect(await lap1.sampleKeys(1)).toHaveLength(1);
      expect((await all(lap1.records('@lap1:err'))).map(({ key }) => key)).toEqual(['@lap1:err:a']);
      expect((await own.digestLeaves()).hashed.nodes).toBe(4);
      expect((await lap1.digestLeaves()).hashed.nodes).toBe(2);
    });

    it('come to what their chunks say, as long as nobody has written past them', async () => {
      const keys = Array.from({ length: 500 }, (_, at) => `err:${at}`);
      await writeEvents(connection, [...keys, '@lap1:err:1']);
      await writeChunks(connection);
      const graph = await openRecordedGraph(connection, undefined);
      const { hashed, kept } = await graph.digestLeaves();
      expect(hashed).toEqual(kept);
      expect(kept.nodes).toBe(500);
      await cypher(connection, "MATCH (e:AuditEntry {key: 'err:77'}) SET e.leaf = 'x'");
      const after = await graph.digestLeaves();
      expect(after.kept).toEqual(kept);
      expect(after.hashed.fingerprint).not.toBe(kept.fingerprint);
      const empty = await openRecordedGraph(connection, 'nobody');
      expect((await empty.digestLeaves()).kept).toEqual({ fingerprint: fingerprintOf(0, ''), nodes: 0 });
    });

    it('has seals of each origin in their order', async () => {
      await cypher(
        connection,
        `UNWIND range(1, 12) AS number UNWIND ['', 'lap1'] AS origin
         CREATE (:AuditSeal {origin: origin, number: number, previous: 'p', content: '{}', seal: origin + number})`,
      );
      const graph = await openRecordedGraph(connection, 'lap1');
      const last = { number: 12, previous: 'p', content: '{}', seal: 'lap112' };
      expect(await graph.headSeal()).toEqual(last);
      expect((await graph.seals(9, 2)).map(({ number }) => number)).toEqual([9, 10]);
      expect((await graph.seals(12, 5)).at(-1)).toEqual(last);
      expect(await (await openRecordedGraph(connection, 'lap2')).headSeal()).toBeUndefined();
    });

    it('has the checkpoints of all origins, as one that nobody wrote is told by them, and a digest of those of its own', async () => {
      const own = await openRecordedGraph(connection, undefined);
      const lap1 = await openRecordedGraph(connection, 'lap1');
      const none = await own.checkpointsDigest();
      await connection.write((tx) => saveCheckpoint(tx, CHECKPOINT, ''));
      await connection.write((tx) => saveCheckpoint(tx, { ...CHECKPOINT, extractor: '@lap1/tool-errors' }, 'lap1'));
      for (const graph of [own, lap1]) {
        expect((await graph.readCheckpoints()).map(({ extractor, foldedTo }) => [extractor, foldedTo])).toEqual([
          ['@lap1/tool-errors', 9_007_199_254_740_993n],
          ['tool-errors', 9_007_199_254_740_993n],
        ]);
      }
      const some = await own.checkpointsDigest();
      expect(some).toMatch(/^[0-9a-f]{64}$/);
      expect(new Set([none, some, await lap1.checkpointsDigest()]).size).toBe(3);
      await cypher(connection, "MATCH (c:AuditCheckpoint {extractor: 'tool-errors'}) SET c.json = c.json + ' '");
      expect(await own.checkpointsDigest()).not.toBe(some);
    });

    it('has checkpoints that come back as they were, with what they lack', async () => {
      for (const checkpoint of [
        CHECKPOINT,
        { ...CHECKPOINT, foldedTo: undefined, content: 'c', firstRow: undefined },
      ]) {
        await connection.write((tx) => saveCheckpoint(tx, checkpoint, ''));
        const found = await connection.read((tx) => findCheckpoint(tx, CHECKPOINT.extractor));
        expect(isDeepStrictEqual(found, checkpoint)).toBe(true);
      }
    });

    it('are read once more where others write one between its entry and its node', async () => {
      await writeEvents(connection, ['err:a', 'err:b']);
      await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:b'}) SET n.name = 'altered'");
      const racing: Pick<Connection, 'path' | 'read'> = {
        path: connection.path,
        read: (action) =>
          connection.read((tx) => {
            let hasRaced = false;
            return action({
              run: async (statement, parameters) => {
                const rows = await tx.run<never>(statement, parameters);
                if (!hasRaced && statement.includes('e.leaf')) {
                  hasRaced = true;
                  await cypher(connection, "MATCH (n:KgNode {UID: 'audit_event:err:a'}) SET n.name = 'later'");
                  await cypher(connection, "MATCH (e:AuditEntry {key: 'err:a'}) SET e.leaf = 'of later'");
                }
                return rows;
              },
            });
          }),
      };
      const graph: RecordedGraph = await openRecordedGraph(racing, undefined);
      const [first, second] = await all(graph.records('err'));
      expect(first).toMatchObject({ leaf: 'of later', node: { name: 'later' } });
      expect(second).toMatchObject({ key: 'err:b', node: { name: 'altered' } });
    });
  });

  describe('runs', () => {
    beforeEach(() => ensureSchema(connection));
    const report: RunReport = {
      schema: 'audit-extract/run@1',
      ...{ dry_run: false, mode: 'full', started_at: NOW, finished_at: '2026-03-01T12:00:05.000Z' },
      ...{ duration_ms: 5000, longest_read_ms: 1, longest_write_ms: 1, source: { path: 's' }, target: { path: 't' } },
      totals: { read: 3, inserted: 2, updated: 1, unchanged: 0, skipped: 0 },
      extractors: [],
    };

    it('are numbered over all origins, and told of with the last one first', async () => {
      const [one, two, three] = [new RunList(NOW, ''), new RunList(NOW, 'lap1'), new RunList(NOW, '')];
      expect(await connection.write((tx) => one.begin(tx))).toBe(1);
      expect(await connection.write((tx) => two.begin(tx))).toBe(2);
      expect(await connection.write((tx) => one.begin(tx))).toBe(1);
      await connection.write((tx) => one.finish(tx, report));
      await connection.write((tx) => three.finish(tx, { ...report, finished_at: '2026-03-01T13:00:00.000Z' }));
      const history = await readHistory(connection, 5);
      expect(history.lastChecked).toBe('2026-03-01T13:00:00.000Z');
      const { finished_at, totals, mode } = report;
      expect(history.runs).toEqual([
        { id: 2, started_at: NOW, finished_at: null, outcome: null, mode: null, totals: null },
        { id: 1, started_at: NOW, finished_at, outcome: 'ok', mode, totals },
      ]);
      expect((await readHistory(connection, 1)).runs.map(({ id }) => id)).toEqual([2]);
    });

    it('lose their number with a transaction that fails, and do not take that of others', async () => {
      const [one, two] = [new RunList(NOW, ''), new RunList(NOW, 'lap1')];
      const failed = connection.write(async (tx) => {
        await one.begin(tx);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await connection.write((tx) => two.begin(tx))).toBe(1);
      await connection.write((tx) => one.finish(tx, report));
      expect((await readHistory(connection, 5)).runs).toMatchObject([{ id: 1, finished_at: null }]);
      expect(await connection.write((tx) => one.begin(tx))).toBe(2);
    });

    it('that begin at once get numbers of their own', async () => {
      const lists = Array.from({ length: 8 }, (_, at) => new RunList(NOW, `lap${at}`));
      const numbers = await Promise.all(lists.map((list) => connection.write((tx) => list.begin(tx))));
      expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('have their reports cleaned, those of other origins left alone', async () => {
      for (const origin of ['', 'lap1']) {
        const list = new RunList(NOW, origin);
        await connection.write((tx) => list.begin(tx));
        await connection.write((tx) => list.finish(tx, { ...report, warnings: ['secret'] }));
      }
      const list = new RunList(NOW, '');
      await connection.write((tx) => list.clean(tx, (json) => json.replaceAll('secret', '[redacted]')));
      const rows = await cypher<{ warned: boolean }>(
        connection,
        "MATCH (r:AuditRun) RETURN r.report CONTAINS 'secret' AS warned ORDER BY r.number",
      );
      expect(rows.map(({ warned }) => warned)).toEqual([false, true]);
    });
  });
});

const CHECKPOINT = {
  ...{ extractor: 'tool-errors', table: 'errors', digest: 'd', rules: 'r', condition: undefined },
  ...{ foldedTo: 9_007_199_254_740_993n, unfinished: undefined, landmarks: { columns: [], rows: [] }, firstRow: 1n },
  ...{ counts: { rows: 1, nodes: 0, skipped: 0 }, earlier: [], content: undefined },
};

async function all(pages: AsyncIterable<readonly RecordedNode[]>): Promise<readonly RecordedNode[]> {
  const records: RecordedNode[] = [];
  for await (const page of pages) records.push(...page);
  return records;
}

/** The chunks of the keys of no origin. */
async function writeChunks(connection: Connection): Promise<void> {
  const entries = await cypher<{ key: string; leaf: string }>(
    connection,
    "MATCH (e:AuditEntry) WHERE NOT e.key STARTS WITH '@' RETURN e.key AS key, e.leaf AS leaf",
  );
  const chunker = new Chunker('');
  const ended = entries.toSorted((a, b) => compareUtf8(a.key, b.key)).map(({ key, leaf }) => chunker.add(key, leaf));
  const chunks = [...ended, chunker.end()].filter((chunk) => chunk !== undefined);
  await cypher(connection, "UNWIND $chunks AS row CREATE (c:AuditChunk {origin: ''}) SET c += row", {
    chunks: chunks.map((chunk) => ({ ...chunk, entries: BigInt(chunk.entries) })),
  });
}
