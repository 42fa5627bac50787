import { hash } from 'node:crypto';

/**
 * Leaves are hashed in chunks of neighbours, and the chunks together, so that a change of one node costs the hashes of
 * one chunk. Where a chunk begins depends on its first key alone: the same keys give the same chunks, whatever the
 * order in which they came.
 */
const ENTRIES_IN_A_CHUNK = 64;

/** Whether a chunk begins at this key. */
export function beginsChunk(key: string): boolean {
  return scramble(key) % ENTRIES_IN_A_CHUNK === 0;
}

/** The digest of a chunk, of the leaves in the order of their keys. */
export function digestOfChunk(leaves: readonly string[]): string {
  return hash('sha256', leaves.join(''), 'base64');
}

/** The fingerprint of a graph, in hex: of how many leaves it has, and the digests of its chunks in order, joined. */
export function fingerprintOf(nodes: number, chunks: string): string {
  return hash('sha256', `${nodes}:${chunks}`, 'hex');
}

/** Spreads keys evenly (FNV-1a, and a last mix). No secret: who can choose keys can make chunks larger, and only that. */
function scramble(key: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) state = Math.imul(state ^ key.charCodeAt(at), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}

/** Some neighbouring leaves, named after their first key; those before the first beginning have the name they are given. */
export interface Chunk {
  readonly first: string;
  readonly digest: string;
  readonly entries: number;
}

/** Cuts leaves into chunks as they come, in the order of their keys. */
export class Chunker {
  #first: string;
  #leaves: string[] = [];

  /** `first` is the name of what comes before the first key that begins a chunk. */
  constructor(first: string) {
    this.#first = first;
  }

  /** The chunk that ends before this key, if one does. */
  add(key: string, leaf: string): Chunk | undefined {
    const begins = beginsChunk(key);
    const ended = begins ? this.end() : undefined;
    if (begins) this.#first = key;
    this.#leaves.push(leaf);
    return ended;
  }

  /** The last chunk. */
  end(): Chunk | undefined {
    const leaves = this.#leaves;
    this.#leaves = [];
    if (leaves.length === 0) return undefined;
    return { first: this.#first, digest: digestOfChunk(leaves), entries: leaves.length };
  }
}
