import { type Chunk, Chunker, fingerprintOf } from '../model/chunk.ts';
import type { Leaf } from '../model/recorded-graph.ts';
import type { GraphDigest } from '../model/seal.ts';
import type { ChunkStatements } from './chunk-statements.ts';

/** Keeps the chunks of a graph true while its entries change, in the transaction that changes them. */
export class Fingerprint {
  readonly #chunks: ChunkStatements;
  readonly #compare: (a: string, b: string) => number;

  /** `compare` orders keys as the file does. */
  constructor(chunks: ChunkStatements, compare: (a: string, b: string) => number) {
    this.#chunks = chunks;
    this.#compare = compare;
  }

  get(): GraphDigest {
    const { digests, entries } = this.#chunks.all();
    return { fingerprint: fingerprintOf(entries, digests), nodes: entries };
  }

  /** Makes the chunks of these keys anew: their entries have come, changed or gone. */
  refresh(keys: readonly string[]): void {
    let done: { readonly end: string | undefined } | undefined;
    for (const key of keys.toSorted(this.#compare)) {
      if (done && (done.end === undefined || this.#compare(key, done.end) < 0)) continue;
      done = { end: this.#refreshChunkOf(key) };
    }
  }

  /** Gives the key before which all is done, undefined where that is the end. */
  #refreshChunkOf(key: string): string | undefined {
    const own = this.#chunks.chunkOf(key) ?? '';
    const end = this.#chunks.after(own);
    const from = this.#standing(own);
    this.#chunks.replace(from, end, chunksOf(from, this.#chunks.leaves(from, end)));
    return end;
  }

  /** A chunk whose first entry has gone is one with the chunk before. */
  #standing(first: string): string {
    let chunk = first;
    while (chunk !== '' && !this.#chunks.hasEntry(chunk)) chunk = this.#chunks.before(chunk) ?? '';
    return chunk;
  }
}

function chunksOf(from: string, leaves: readonly Leaf[]): readonly Chunk[] {
  const chunker = new Chunker(from);
  return [...leaves.map(({ key, leaf }) => chunker.add(key, leaf)), chunker.end()].filter(
    (chunk) => chunk !== undefined,
  );
}
