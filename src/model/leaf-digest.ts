import { Chunker, fingerprintOf } from './chunk.ts';
import type { Leaf, LeafSink } from './recorded-graph.ts';
import type { GraphDigest } from './seal.ts';

/** Hashes leaves in the order in which they come. */
export class LeafDigest implements LeafSink {
  readonly #chunker = new Chunker('');
  #digests = '';
  #nodes = 0;

  add(key: string, leaf: string): void {
    this.#digests += this.#chunker.add(key, leaf)?.digest ?? '';
    this.#nodes++;
  }

  finish(): GraphDigest {
    this.#digests += this.#chunker.end()?.digest ?? '';
    return { fingerprint: fingerprintOf(this.#nodes, this.#digests), nodes: this.#nodes };
  }
}

/** The same for a file that has keys in another order: leaves are held, and sorted first. */
export class SortingLeafDigest implements LeafSink {
  readonly #leaves: Leaf[] = [];
  readonly #compare: (a: string, b: string) => number;

  constructor(compare: (a: string, b: string) => number) {
    this.#compare = compare;
  }

  add(key: string, leaf: string): void {
    this.#leaves.push({ key, leaf });
  }

  finish(): GraphDigest {
    const digest = new LeafDigest();
    for (const { key, leaf } of this.#leaves.sort((a, b) => this.#compare(a.key, b.key))) digest.add(key, leaf);
    return digest.finish();
  }
}
