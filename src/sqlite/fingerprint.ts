import { beginsChunk, type Chunk, Chunker, fingerprintOf } from '../model/chunk.ts';
import type { Leaf } from '../model/recorded-graph.ts';
import type { GraphDigest } from '../model/seal.ts';
import type { ChunkStatements } from './chunk-statements.ts';

/** What became of an entry: its leaf now, undefined where it has gone. */
export interface LeafChange {
  readonly key: string;
  readonly leaf: string | undefined;
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

  /** Makes the chunks anew that these entries belong to; the file holds them as they are now. */
  refresh(given: readonly LeafChange[]): void {
    const changes = [...new Map(given.map((change) => [change.key, change])).values()];
    changes.sort((a, b) => this.#compare(a.key, b.key));
    for (let at = 0; at < changes.length; ) {
      const { key = '' } = changes[at] ?? {};
      const known = this.#known;
      const isKnown = known !== undefined && this.#compare(key, known.first) >= 0 && this.#isBefore(key, known.end);
      const end = isKnown ? known.end : this.#chunks.after(this.#chunks.chunkOf(key) ?? '');
      let next = at + 1;
      while (next < changes.length && this.#isBefore(changes[next]?.key ?? '', end)) next++;
      const leaves = isKnown ? this.#merge(known.leaves, changes.slice(at, next)) : undefined;
      if (known !== undefined && leaves !== undefined) this.#make(known.first, end, leaves);
      else this.#makeFromFile(key, end);
      at = next;
    }
  }

  #isBefore(key: string, end: string | undefined): boolean {
    return end === undefined || this.#compare(key, end) < 0;
  }

  #makeFromFile(key: string, end: string | undefined): void {
    const first = this.#standing(this.#chunks.chunkOf(key) ?? '');
    this.#make(first, end, this.#chunks.leaves(first, end));
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
