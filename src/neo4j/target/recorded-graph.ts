import type { Checkpoint } from '../../model/checkpoint.ts';
import { fingerprintOf } from '../../model/chunk.ts';
import { AuditError } from '../../model/errors.ts';
import { originOf } from '../../model/key.ts';
import { OrderedLeafDigest } from '../../model/leaf-digest.ts';
import type { Leaf, LeafDigest, RecordedGraph, RecordedNode } from '../../model/recorded-graph.ts';
import type { GraphDigest, Seal } from '../../model/seal.ts';
import type { Connection } from '../connection.ts';
import { readPrefixes } from '../key-ranges.ts';
import { hasRecord } from '../schema.ts';
import type { Transaction } from '../transaction.ts';
import { KEPT_FIELDS } from './batch-plan.ts';
import { readCheckpoints } from './checkpoints.ts';
import { digestCheckpoints } from './checkpoints-digest.ts';
import { spansOf } from './key-spans.ts';
import { findRecords, readRecords } from './recorded-nodes.ts';
import { readSeals } from './seals.ts';

type Reading = Pick<Connection, 'path' | 'read'>;

/** Records read in one transaction. */
const AT_ONCE = 1000;
const LEAVES_AT_ONCE = 10_000;

/**
 * Opens a graph to look at what is recorded in it of one origin, undefined for the graph's own; nothing is written. The
 * connection stays open when it is closed.
 */
export async function openRecordedGraph(connection: Reading, origin: string | undefined): Promise<RecordedGraph> {
  if (!(await hasRecord(connection))) {
    const message = `target ${connection.path} has no records of ours`;
    throw new AuditError('target-schema', message, 'a first run makes them; or name another target');
  }
  return new Neo4jRecordedGraph(connection, origin ?? '');
}

/** The first text after a key. */
const afterKey = (key: string): string => `${key}\0`;

/** Before every key with a prefix that comes later; `;` follows `:`. */
const afterPrefix = (prefix: string): string => `${prefix};`;

class Neo4jRecordedGraph implements RecordedGraph {
  readonly path: string;
  readonly keptFields = KEPT_FIELDS;
  readonly #connection: Reading;
  readonly #origin: string;

  constructor(connection: Reading, origin: string) {
    this.path = connection.path;
    this.#connection = connection;
    this.#origin = origin;
  }

  readCheckpoints(): Promise<readonly Checkpoint[]> {
    return this.#read(readCheckpoints);
  }

  async prefixes(): Promise<readonly string[]> {
    const all = await this.#read(readPrefixes);
    // A key without a prefix is none of ours; the seals tell of it.
    return all.filter((prefix) => (originOf(prefix) ?? '') === this.#origin);
  }

  async *records(prefix: string): AsyncGenerator<readonly RecordedNode[]> {
    const before = afterPrefix(prefix);
    for (let from = `${prefix}:`; ; ) {
      const start = from;
      const page = await this.#read((tx) => readRecords(tx, { from: start, before }, AT_ONCE));
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      from = afterKey(last.key);
    }
  }

  async *recordsOf(keys: readonly string[]): AsyncGenerator<readonly RecordedNode[]> {
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      yield await this.#read((tx) => findRecords(tx, keys.slice(at, at + AT_ONCE)));
    }
  }

  /** Walks through the keys of the index, and holds no more of them than are wanted. */
  async sampleKeys(count: number): Promise<readonly string[]> {
    const rows = await this.#read((tx) =>
      tx.run<{ key: string }>(
        `UNWIND $spans AS span MATCH (e:AuditEntry) WHERE e.key >= span.from AND e.key < span.before
         WITH e.key AS key, rand() AS place ORDER BY place LIMIT $count RETURN key`,
        { spans: spansOf(this.#origin, '').map((span) => ({ ...span })), count: BigInt(count) },
      ),
    );
    return rows.map(({ key }) => key);
  }

  openDigest(): LeafDigest {
    return new OrderedLeafDigest();
  }

  async digestLeaves(): Promise<{ readonly hashed: GraphDigest; readonly kept: GraphDigest }> {
    const [kept] = await this.#read((tx) =>
      tx.run<{ digests: readonly string[]; entries: bigint }>(
        `MATCH (c:AuditChunk {origin: $origin}) WITH c ORDER BY c.first
         RETURN collect(c.digest) AS digests, sum(c.entries) AS entries`,
        { origin: this.#origin },
      ),
    );
    const nodes = Number(kept?.entries ?? 0n);
    const fingerprint = fingerprintOf(nodes, kept?.digests.join('') ?? '');
    return { hashed: await this.#hashLeaves(), kept: { fingerprint, nodes } };
  }

  seals(from: number, limit: number): Promise<readonly Seal[]> {
    return this.#read((tx) => readSeals(tx, this.#origin, { from, limit }));
  }

  async headSeal(): Promise<Seal | undefined> {
    const [head] = await this.#read((tx) => readSeals(tx, this.#origin, 'head'));
    return head;
  }

  checkpointsDigest(): Promise<string> {
    return this.#read((tx) => digestCheckpoints(tx, this.#origin));
  }

  async close(): Promise<void> {}

  async #hashLeaves(): Promise<GraphDigest> {
    const digest = new OrderedLeafDigest();
    const part = digest.openPart();
    for (let from = ''; ; ) {
      const page = await this.#readLeaves(from, LEAVES_AT_ONCE);
      for (const { key, leaf } of page) part.add(key, leaf);
      const last = page.at(-1);
      if (last === undefined) return digest.finish();
      from = afterKey(last.key);
    }
  }

  /** From a key on, so many at the most; none where there are no more of this origin. */
  async #readLeaves(from: string, limit: number): Promise<readonly Leaf[]> {
    for (const span of spansOf(this.#origin, from)) {
      const leaves = await this.#read((tx) =>
        tx.run<Leaf>(
          `MATCH (e:AuditEntry) WHERE e.key >= $from AND e.key < $before
           RETURN e.key AS key, e.leaf AS leaf ORDER BY e.key LIMIT $limit`,
          { ...span, limit: BigInt(limit) },
        ),
      );
      if (leaves.length > 0) return leaves;
    }
    return [];
  }

  #read<Result>(action: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.#connection.read(action);
  }
}
