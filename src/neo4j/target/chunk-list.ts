import { isDeepStrictEqual } from 'node:util';
import { type Chunk, Chunker, fingerprintOf } from '../../model/chunk.ts';
import type { Leaf } from '../../model/recorded-graph.ts';
import type { GraphDigest } from '../../model/seal.ts';
import { compareUtf8 } from '../../model/text.ts';

/** What became of an entry: its leaf now, undefined where it has gone, and before, undefined where it was not there. */
export interface LeafChange {
  readonly key: string;
  readonly leaf: string | undefined;
  readonly before: string | undefined;
}

/** Neighbouring chunks that have to be made anew: all keys from one on, before another or up to the last. */
export interface Stretch {
  readonly from: string;
  readonly before: string | undefined;
  readonly changes: readonly LeafChange[];
}

/** What is to be written after stretches were made anew, and whether their chunks were those of the entries before. */
export interface Remaking {
  readonly list: ChunkList;
  readonly gone: readonly string[];
  readonly made: readonly Chunk[];
  readonly wasTrue: boolean;
}

/** The chunks of the keys of one origin, in order; never changed, but made anew. A chunk is named after its first key, the first one after nothing. */
export class ChunkList {
  readonly #chunks: readonly Chunk[];

  constructor(chunks: readonly Chunk[]) {
    this.#chunks = chunks;
  }

  digest(): GraphDigest {
    const nodes = this.#chunks.reduce((sum, { entries }) => sum + entries, 0);
    return { fingerprint: fingerprintOf(nodes, this.#chunks.map(({ digest }) => digest).join('')), nodes };
  }

  /** The stretches that changed entries belong to. */
  stretchesOf(given: readonly LeafChange[]): readonly Stretch[] {
    const stretches: { from: string; at: number; end: number; changes: LeafChange[] }[] = [];
    for (const change of given.toSorted((a, b) => compareUtf8(a.key, b.key))) {
      const at = this.#indexOf(change.key);
      // A chunk whose first entry has gone is one with the chunk before.
      const isHeadless = change.leaf === undefined && this.#chunks[at]?.first === change.key;
      const start = isHeadless ? at - 1 : at;
      const last = stretches.at(-1);
      if (last !== undefined && start <= last.end) {
        last.end = Math.max(last.end, at);
        last.changes.push(change);
      } else {
        stretches.push({ from: this.#nameOf(start), at: start, end: at, changes: [change] });
      }
    }
    return stretches.map(({ from, end, changes }) => ({ from, before: this.#chunks[end + 1]?.first, changes }));
  }

  /** Makes stretches anew; `leavesOf` has what they held before they changed, in order. */
  remake(stretches: readonly Stretch[], leavesOf: (stretch: Stretch) => readonly Leaf[]): Remaking {
    const chunks: Chunk[] = [];
    const gone: string[] = [];
    const made: Chunk[] = [];
    let at = 0;
    let wasTrue = true;
    for (const stretch of stretches) {
      while (this.#isBefore(at, stretch.from)) chunks.push(...this.#chunks.slice(at, ++at));
      const old: Chunk[] = [];
      while (at < this.#chunks.length && this.#isWithin(at, stretch)) old.push(...this.#chunks.slice(at, ++at));
      const leaves = leavesOf(stretch);
      wasTrue &&= isDeepStrictEqual(old, chunksOf(stretch.from, leaves)) && isAsChanged(leaves, stretch.changes);
      const now = chunksOf(stretch.from, changed(leaves, stretch.changes));
      const names = new Set(now.map(({ first }) => first));
      gone.push(...old.map(({ first }) => first).filter((first) => !names.has(first)));
      made.push(...now.filter((chunk) => !old.some((before) => isDeepStrictEqual(before, chunk))));
      chunks.push(...now);
    }
    chunks.push(...this.#chunks.slice(at));
    return { list: new ChunkList(chunks), gone, made, wasTrue };
  }

  /** The chunk that a key belongs to; -1 where it comes before all of them. */
  #indexOf(key: string): number {
    let [low, high] = [-1, this.#chunks.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (compareUtf8(this.#nameOf(middle), key) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #nameOf(at: number): string {
    return this.#chunks[at]?.first ?? '';
  }

  #isBefore(at: number, from: string): boolean {
    return at < this.#chunks.length && compareUtf8(this.#nameOf(at), from) < 0;
  }

  #isWithin(at: number, { before }: Stretch): boolean {
    return before === undefined || compareUtf8(this.#nameOf(at), before) < 0;
  }
}

/** Whether those that are to change are what whoever changes them has found. */
function isAsChanged(leaves: readonly Leaf[], changes: readonly LeafChange[]): boolean {
  const found = new Map(leaves.map(({ key, leaf }) => [key, leaf]));
  return changes.every(({ key, before }) => found.get(key) === before);
}

/** The leaves as they are to be. */
function changed(leaves: readonly Leaf[], changes: readonly LeafChange[]): readonly Leaf[] {
  const keys = new Set(changes.map(({ key }) => key));
  const now = changes.flatMap(({ key, leaf }) => (leaf === undefined ? [] : [{ key, leaf }]));
  return [...leaves.filter(({ key }) => !keys.has(key)), ...now].sort((a, b) => compareUtf8(a.key, b.key));
}

function chunksOf(from: string, leaves: readonly Leaf[]): readonly Chunk[] {
  const chunker = new Chunker(from);
  const ended = leaves.map(({ key, leaf }) => chunker.add(key, leaf));
  return [...ended, chunker.end()].filter((chunk) => chunk !== undefined);
}
