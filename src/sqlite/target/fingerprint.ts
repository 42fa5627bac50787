import { isDeepStrictEqual } from 'node:util';
import { beginsChunk, type Chunk, Chunker, fingerprintOf } from '../../model/chunk.ts';
import type { Leaf } from '../../model/recorded-graph.ts';
import type { GraphDigest } from '../../model/seal.ts';
import type { ChunkStatements } from './chunk-statements.ts';

/** What became of an entry: its leaf now, undefined where it has gone, and before, undefined where it was not there. */
export interface LeafChange {
  readonly key: string;
  readonly leaf: string | undefined;
  readonly before: string | undefined;
}

/** The leaves of one chunk as they are in the file, and where the next chunk begins; undefined after the last one. */
interface KnownChunk {
  readonly first: string;
  readonly end: string | undefined;
  readonly leaves: readonly Leaf[];
}

/** Keeps the chunks of a graph true while its entries change, in the transaction that changes them. */
export class Fingerprint {
  readonly #chunks: ChunkStatements;
  readonly #compare: (a: string, b: string) => number;
  /** The last chunk that was made: in a first run what comes next belongs to it, and its leaves need not be read again. */
  #known: KnownChunk | undefined;

  /** `compare` orders keys as the file does. */
  constructor(chunks: ChunkStatements, compare: (a: string, b: string) => number) {
    this.#chunks = chunks;
    this.#compare = compare;
  }

  get(): GraphDigest {
    const { digests, entries } = this.#chunks.all();
    return { fingerprint: fingerprintOf(entries, digests), nodes: entries };
  }

  /** Forgets what it knows of the file: a transaction was undone, or somebody else wrote. */
  forget(): void {
    this.#known = undefined;
  }

  /**
   * Makes the chunks anew that these entries belong to; the file holds them as they are now. Gives whether the chunks were
   * those of the entries before: where they were not, somebody else has changed one or the other.
   */
  refresh(given: readonly LeafChange[]): boolean {
    const changes = this.#inOrder(given);
    let wasTrue = true;
    for (let at = 0; at < changes.length; ) {
      const { key = '' } = changes[at] ?? {};
      const known = this.#known;
      const isKnown = known !== undefined && this.#compare(key, known.first) >= 0 && this.#isBefore(key, known.end);
      const end = isKnown ? known.end : this.#chunks.after(this.#chunks.chunkOf(key) ?? '');
      let next = at + 1;
      while (next < changes.length && this.#isBefore(changes[next]?.key ?? '', end)) next++;
      const leaves = isKnown ? this.#merge(known.leaves, changes.slice(at, next)) : undefined;
      if (known !== undefined && leaves !== undefined) this.#make(known.first, end, leaves);
      else wasTrue = this.#makeFromFile(changes.slice(at, next), key, end) && wasTrue;
      at = next;
    }
    return wasTrue;
  }

  /** One change for each key, of all that befell it. */
  #inOrder(given: readonly LeafChange[]): readonly LeafChange[] {
    const changes = new Map<string, LeafChange>();
    for (const change of given) {
      const { before } = changes.get(change.key) ?? change;
      changes.set(change.key, { ...change, before });
    }
    return [...changes.values()].sort((a, b) => this.#compare(a.key, b.key));
  }

  #isBefore(key: string, end: string | undefined): boolean {
    return end === undefined || this.#compare(key, end) < 0;
  }

  #makeFromFile(changes: readonly LeafChange[], key: string, end: string | undefined): boolean {
    const first = this.#standing(this.#chunks.chunkOf(key) ?? '');
    const leaves = this.#chunks.leaves(first, end);
    const wasTrue = isDeepStrictEqual(this.#chunks.range(first, end), chunksOf(first, this.#undo(leaves, changes)));
    this.#make(first, end, leaves);
    return wasTrue;
  }

  /** The leaves as they were before. */
  #undo(leaves: readonly Leaf[], changes: readonly LeafChange[]): readonly Leaf[] {
    const changed = new Set(changes.map(({ key }) => key));
    const before = changes.flatMap(({ key, before: leaf }) => (leaf === undefined ? [] : [{ key, leaf }]));
    return [...leaves.filter(({ key }) => !changed.has(key)), ...before].sort((a, b) => this.#compare(a.key, b.key));
  }

  #make(first: string, end: string | undefined, leaves: readonly Leaf[]): void {
    this.#chunks.replace(first, end, chunksOf(first, leaves));
    const last = leaves.findLastIndex(({ key }) => beginsChunk(key));
    this.#known = { first: leaves[last]?.key ?? first, end, leaves: leaves.slice(Math.max(0, last)) };
  }

  /** A chunk whose first entry has gone is one with the chunk before. */
  #standing(first: string): string {
    let chunk = first;
    while (chunk !== '' && !this.#chunks.hasEntry(chunk)) chunk = this.#chunks.before(chunk) ?? '';
    return chunk;
  }

  /** Both in order; undefined where an entry has gone, with which a chunk may have. */
  #merge(leaves: readonly Leaf[], changes: readonly LeafChange[]): readonly Leaf[] | undefined {
    const merged: Leaf[] = [];
    let at = 0;
    for (const { key, leaf } of changes) {
      if (leaf === undefined) return undefined;
      for (let old = leaves[at]; old !== undefined && this.#compare(old.key, key) < 0; old = leaves[++at])
        merged.push(old);
      if (leaves[at]?.key === key) at++;
      merged.push({ key, leaf });
    }
    return [...merged, ...leaves.slice(at)];
  }
}

function chunksOf(from: string, leaves: readonly Leaf[]): readonly Chunk[] {
  const chunker = new Chunker(from);
  return [...leaves.map(({ key, leaf }) => chunker.add(key, leaf)), chunker.end()].filter(
    (chunk) => chunk !== undefined,
  );
}
