import type { Database } from 'better-sqlite3';
import { fingerprintOf } from '../../model/chunk.ts';
import { AuditError } from '../../model/errors.ts';
import { prefixOf } from '../../model/key.ts';
import { OrderedLeafDigest, SortingLeafDigest } from '../../model/leaf-digest.ts';
import type { Leaf, LeafDigest, RecordedGraph, RecordedNode } from '../../model/recorded-graph.ts';
import type { GraphDigest } from '../../model/seal.ts';
import { compareUtf8 } from '../../model/text.ts';
import { hasAuditTables, requireVersion } from '../audit-tables.ts';
import { openToRead } from '../open-to-read.ts';
import { prepareStoredNodes } from '../stored-nodes.ts';
import { inspectNodeTable, type NodeTable } from '../target-schema.ts';
import { type Place, translating } from '../translate-error.ts';
import { prepareCheckpointStatements } from './checkpoint-statements.ts';
import { prepareChunkStatements } from './chunk-statements.ts';
import { keyOrderOf } from './key-order.ts';
import { prepareRecordStatements } from './record-statements.ts';
import { prepareSealStatements } from './seal-statements.ts';

/** Records read in one transaction. */
const AT_ONCE = 1000;

/** Opens a graph to look at what is recorded in it; the file is left as it is. */
export function openRecordedGraph(path: string): RecordedGraph {
  return openToRead(path, (db, place, close) => {
    const table = inspectNodeTable(db, path);
    if (table === undefined || !hasAuditTables(db)) {
      const message = `target ${path} has no records of ours`;
      throw new AuditError('target-schema', message, 'a first run makes them; or name another target');
    }
    requireVersion(db, path);
    return new SqliteRecordedGraph(db, place, table, close);
  });
}

/** The first text after a key. */
const afterKey = (key: string): string => `${key}\0`;

/** Before every key with a prefix that comes later; `;` follows `:`. */
const afterPrefix = (prefix: string): string => `${prefix};`;

class SqliteRecordedGraph implements RecordedGraph {
  readonly path: string;
  readonly keptFields;
  readonly #close: () => void;
  readonly #place: Place;
  readonly #isUtf8: boolean;
  readonly #compare;
  readonly #records;
  readonly #checkpoints;
  readonly #chunks;
  readonly #seals;
  readonly #leaves;
  readonly #sample;

  constructor(db: Database, place: Place, table: NodeTable, close: () => void) {
    this.path = place.path;
    this.#close = close;
    this.#place = place;
    this.#isUtf8 = db.prepare<[], string>('PRAGMA encoding').pluck().get() === 'UTF-8';
    this.#compare = keyOrderOf(db);
    this.keptFields = prepareStoredNodes(db, table).kept;
    this.#records = prepareRecordStatements(db, table);
    this.#checkpoints = prepareCheckpointStatements(db);
    this.#chunks = prepareChunkStatements(db);
    this.#seals = prepareSealStatements(db);
    this.#leaves = db.prepare<[string, number], Leaf>(
      "SELECT key, leaf FROM audit_entries WHERE key >= ? AND typeof(key) = 'text' ORDER BY key LIMIT ?",
    );
    this.#sample = db
      .prepare<[number], string>("SELECT key FROM audit_entries WHERE typeof(key) = 'text' ORDER BY random() LIMIT ?")
      .pluck();
  }

  async readCheckpoints() {
    return this.#read(() => this.#checkpoints.all());
  }

  async prefixes(): Promise<readonly string[]> {
    const prefixes: string[] = [];
    for (let from = ''; ; ) {
      const [next] = this.#read(() => this.#leaves.all(from, 1));
      if (next === undefined) return prefixes;
      const prefix = prefixOf(next.key);
      // A key without a prefix is none of ours; the seals tell of it.
      if (prefix !== undefined) prefixes.push(prefix);
      from = prefix === undefined ? afterKey(next.key) : afterPrefix(prefix);
    }
  }

  async *records(prefix: string): AsyncGenerator<readonly RecordedNode[]> {
    if (this.#isUtf8) yield* this.#inFileOrder(prefix);
    // In another encoding the file is in another order, so all has to be held; such graphs are rare.
    else yield [...this.#inFileOrder(prefix)].flat().sort((a, b) => compareUtf8(a.key, b.key));
  }

  async *recordsOf(keys: readonly string[]): AsyncGenerator<readonly RecordedNode[]> {
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const page = keys.slice(at, at + AT_ONCE);
      yield this.#read(() => page.flatMap((key) => this.#records.find(key) ?? []));
    }
  }

  async sampleKeys(count: number): Promise<readonly string[]> {
    return this.#read(() => this.#sample.all(count));
  }

  openDigest(): LeafDigest {
    return this.#isUtf8 ? new OrderedLeafDigest() : new SortingLeafDigest(this.#compare);
  }

  async digestLeaves() {
    const { digests, entries } = this.#read(() => this.#chunks.all());
    return {
      hashed: this.#hashLeaves(),
      kept: { fingerprint: fingerprintOf(entries, digests), nodes: entries },
    };
  }

  async seals(from: number, limit: number) {
    return this.#read(() => this.#seals.from(from, limit));
  }

  async headSeal() {
    return this.#read(() => this.#seals.head());
  }

  async checkpointsDigest() {
    return this.#read(() => this.#seals.checkpoints());
  }

  async close(): Promise<void> {
    this.#read(this.#close);
  }

  *#inFileOrder(prefix: string): Generator<readonly RecordedNode[]> {
    const end = afterPrefix(prefix);
    for (let from = `${prefix}:`; ; ) {
      const page = this.#read(() => this.#records.range(from, end, AT_ONCE));
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      from = afterKey(last.key);
    }
  }

  #hashLeaves(): GraphDigest {
    const digest = new OrderedLeafDigest();
    const part = digest.openPart();
    for (let from = ''; ; ) {
      const page = this.#read(() => this.#leaves.all(from, AT_ONCE));
      for (const { key, leaf } of page) part.add(key, leaf);
      const last = page.at(-1);
      if (last === undefined) return digest.finish();
      from = afterKey(last.key);
    }
  }

  #read<Result>(action: () => Result): Result {
    return translating(this.#place, action);
  }
}
