import { beginsChunk, digestOfChunk, fingerprintOf } from './chunk.ts';
import type { Leaf, LeafDigest, LeafSink } from './recorded-graph.ts';
import type { GraphDigest } from './seal.ts';

/** Hashes leaves part by part; each part takes its leaves in the order in which they stand. */
export class OrderedLeafDigest implements LeafDigest {
  readonly #parts: Part[] = [];

  openPart(): LeafSink {
    const part = new Part();
    this.#parts.push(part);
    return part;
  }

  finish(): GraphDigest {
    let [digests, nodes] = ['', 0];
    let open: readonly string[] = [];
    for (const part of this.#parts) {
      nodes += part.nodes;
      if (part.chunk === undefined) {
        open = [...open, ...part.before];
      } else {
        digests += closed([...open, ...part.before]) + part.digests;
        open = part.chunk;
      }
    }
    return { fingerprint: fingerprintOf(nodes, digests + closed(open)), nodes };
  }
}

/** The leaves before the first key that begins a chunk, which belong to a chunk of the part before; then chunks. */
class Part implements LeafSink {
  readonly before: string[] = [];
  digests = '';
  /** The last chunk, to which more may come. */
  chunk: string[] | undefined;
  nodes = 0;

  add(key: string, leaf: string): void {
    this.nodes++;
    if (beginsChunk(key)) {
      if (this.chunk !== undefined) this.digests += closed(this.chunk);
      this.chunk = [leaf];
    } else {
      (this.chunk ?? this.before).push(leaf);
    }
  }
}

function closed(leaves: readonly string[]): string {
  return leaves.length === 0 ? '' : digestOfChunk(leaves);
}

/** The same for a file that has keys in another order: leaves are held, and sorted first. */
export class SortingLeafDigest implements LeafDigest {
  readonly #leaves: Leaf[] = [];
  readonly #compare: (a: string, b: string) => number;

  constructor(compare: (a: string, b: string) => number) {
    this.#compare = compare;
  }

  openPart(): LeafSink {
    return { add: (key, leaf) => void this.#leaves.push({ key, leaf }) };
  }

  finish(): GraphDigest {
    const digest = new OrderedLeafDigest();
    const part = digest.openPart();
    for (const { key, leaf } of this.#leaves.sort((a, b) => this.#compare(a.key, b.key))) part.add(key, leaf);
    return digest.finish();
  }
}
