import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { fingerprintOf } from '../model/chunk.ts';
import { AuditError } from '../model/errors.ts';
import { nodeId } from '../model/key.ts';
import { LeafDigest, SortingLeafDigest } from '../model/leaf-digest.ts';
import { AUDIT_EVENT, type StoredNode } from '../model/node.ts';
import type { LeafSink, RecordedGraph, RecordedNode } from '../model/recorded-graph.ts';
import type { GraphDigest } from '../model/seal.ts';
import { compareUtf8 } from '../model/text.ts';
import { hasAuditTables, requireVersion } from './audit-tables.ts';
import { prepareCheckpointStatements } from './checkpoint-statements.ts';
import { prepareChunkStatements } from './chunk-statements.ts';
import { keyOrderOf } from './key-order.ts';
import { prepareNodeStatements } from './node-statements.ts';
import { quoteName } from './quote.ts';
import { openWithoutTrace } from './read-only.ts';
import { prepareSealStatements } from './seal-statements.ts';
import { inspectTable } from './table-shape.ts';
import { inspectNodeTable, type NodeTable } from './target-schema.ts';
import { type Place, translating } from './translate-error.ts';

/** Records read in one transaction. */
const AT_ONCE = 1000;

/** Opens a graph to look at what is recorded in it; the file is left as it is. Throws when there is none. */
export function openRecordedGraph(path: string): RecordedGraph {
  if (!existsSync(path)) {
    throw new AuditError('target-not-found', `target ${path} does not exist`, 'a first run makes it; or name another');
  }
  const place: Place = { role: 'target', path };
  return translating(place, () => {
    const { db, close } = openWithoutTrace(path);
    try {
      const table = inspectNodeTable(db, path);
      if (table === undefined || !hasAuditTables(db)) {
        const message = `target ${path} has no records of ours`;
        throw new AuditError('target-schema', message, 'a first run makes them; or name another target');
      }
      requireVersion(db, path);
      return new SqliteRecordedGraph(db, place, table, close);
    } catch (error) {
      close();
      throw error;
    }
  });
}

/** After every key: a prefix begins with a letter from a to z. */
const LAST = '{';

/** Before every key with a prefix that comes later; `;` follows `:`. */
const afterPrefix = (prefix: string): string => `${prefix};`;

type Entry = Pick<RecordedNode, 'key' | 'drafts' | 'leaf'>;

class SqliteRecordedGraph implements RecordedGraph {
  readonly path: string;
  readonly keptFields;
  readonly close: () => void;
  readonly #place: Place;
  readonly #isUtf8: boolean;
  readonly #compare;
  readonly #nodes;
  readonly #isDeleted: (id: string) => boolean;
  readonly #checkpoints;
  readonly #chunks;
  readonly #seals;
  readonly #range;
  readonly #entry;
  readonly #sample;

  constructor(db: Database, place: Place, table: NodeTable, close: () => void) {
    this.path = place.path;
    this.close = close;
    this.#place = place;
    this.#isUtf8 = db.prepare<[], string>('PRAGMA encoding').pluck().get() === 'UTF-8';
    this.#compare = keyOrderOf(db);
    this.#nodes = prepareNodeStatements(db, table);
    this.keptFields = this.#nodes.kept;
    this.#isDeleted = deletionReader(db, table);
    this.#checkpoints = prepareCheckpointStatements(db);
    this.#chunks = prepareChunkStatements(db);
    this.#seals = prepareSealStatements(db);
    const columns = 'SELECT key, drafts, leaf FROM audit_entries';
    this.#range = db.prepare<[string, string, number], Entry>(
      `${columns} WHERE key >= ? AND key < ? ORDER BY key LIMIT ?`,
    );
    this.#entry = db.prepare<[string], Entry>(`${columns} WHERE key = ?`);
    this.#sample = db.prepare<[number], string>('SELECT key FROM audit_entries ORDER BY random() LIMIT ?').pluck();
  }

  readCheckpoints() {
    return this.#read(() => this.#checkpoints.all());
  }

  prefixes(): readonly string[] {
    const prefixes: string[] = [];
    for (let from = ''; ; ) {
      const [next] = this.#read(() => this.#range.all(from, LAST, 1));
      if (next === undefined) return prefixes;
      const prefix = next.key.slice(0, next.key.indexOf(':'));
      prefixes.push(prefix);
      from = afterPrefix(prefix);
    }
  }

  *records(prefix: string): Generator<RecordedNode> {
    if (this.#isUtf8) yield* this.#inFileOrder(prefix);
    // In another encoding the file is in another order, so all has to be held; such graphs are rare.
    else yield* [...this.#inFileOrder(prefix)].sort((a, b) => compareUtf8(a.key, b.key));
  }

  *recordsOf(keys: readonly string[]): Generator<RecordedNode> {
    for (const key of keys) {
      const entry = this.#read(() => this.#entry.get(key));
      if (entry !== undefined) yield this.#read(() => this.#toRecord(entry));
    }
  }

  sampleKeys(count: number): readonly string[] {
    return this.#read(() => this.#sample.all(count));
  }

  openDigest(): LeafSink {
    return this.#isUtf8 ? new LeafDigest() : new SortingLeafDigest(this.#compare);
  }

  digestLeaves() {
    const { digests, entries } = this.#read(() => this.#chunks.all());
    return {
      hashed: this.#hashLeaves(),
      kept: { fingerprint: fingerprintOf(entries, digests), nodes: entries },
    };
  }

  seals(from: number, limit: number) {
    return this.#read(() => this.#seals.from(from, limit));
  }

  headSeal() {
    return this.#read(() => this.#seals.head());
  }

  checkpointsDigest() {
    return this.#read(() => this.#seals.checkpoints());
  }

  *#inFileOrder(prefix: string): Generator<RecordedNode> {
    for (const page of this.#pages(`${prefix}:`, afterPrefix(prefix))) {
      yield* this.#read(() => page.map((entry) => this.#toRecord(entry)));
    }
  }

  #hashLeaves(): GraphDigest {
    const digest = new LeafDigest();
    for (const page of this.#pages('', LAST)) for (const { key, leaf } of page) digest.add(key, leaf);
    return digest.finish();
  }

  *#pages(first: string, end: string): Generator<readonly Entry[]> {
    for (let from = first; ; ) {
      const page = this.#read(() => this.#range.all(from, end, AT_ONCE));
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      from = `${last.key}\0`;
    }
  }

  #toRecord(entry: Entry): RecordedNode {
    const id = nodeId(AUDIT_EVENT, entry.key);
    const node: StoredNode | undefined = this.#nodes.find(id);
    return { ...entry, id, node, isDeleted: node !== undefined && this.#isDeleted(id) };
  }

  #read<Result>(action: () => Result): Result {
    return translating(this.#place, action);
  }
}

/** Tells whether a node is marked as deleted, where the table has a column for it. */
function deletionReader(db: Database, { columns }: NodeTable): (id: string) => boolean {
  const deletedAt = inspectTable(db, 'kg_nodes')?.column('deleted_at');
  if (deletedAt === undefined) return () => false;
  const id = quoteName(columns.get('id') ?? 'id');
  const statement = db
    .prepare<[string], 0 | 1>(`SELECT ${quoteName(deletedAt.name)} IS NOT NULL FROM kg_nodes WHERE ${id} = ?`)
    .pluck();
  return (node) => statement.get(node) === 1;
}
