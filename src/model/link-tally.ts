import type { EdgeCounts, LinkCounts } from './linker.ts';

/** So many ends that are not there are named. */
const ENDS_TOLD = 20;

/** Counts what becomes of links. */
export class LinkTally {
  readonly #edges = new Map<string, { inserted: number; unchanged: number }>();
  readonly #ends = new Set<string>();
  #nodes = 0;
  #missing = 0;
  #cut = 0;

  inserted(edgeType: string): void {
    this.#of(edgeType).inserted++;
  }

  unchanged(edgeType: string): void {
    this.#of(edgeType).unchanged++;
  }

  nodeInserted(): void {
    this.#nodes++;
  }

  /** An edge was not made, as one of its ends is not there. */
  missing(end: string): void {
    this.#missing++;
    if (this.#ends.size < ENDS_TOLD) this.#ends.add(end);
  }

  /** Of an event some edges are known to its rows alone, and were not counted. */
  cut(): void {
    this.#cut++;
  }

  /** Adds what others have counted. */
  add({ edges, nodes, missing, missingEnds, cut }: LinkCounts): void {
    for (const [edgeType, counts] of edges) {
      const sum = this.#of(edgeType);
      sum.inserted += counts.inserted;
      sum.unchanged += counts.unchanged;
    }
    this.#nodes += nodes;
    this.#missing += missing;
    this.#cut += cut;
    for (const end of missingEnds) if (this.#ends.size < ENDS_TOLD) this.#ends.add(end);
  }

  counts(): LinkCounts {
    const edges = new Map<string, EdgeCounts>(this.#edges);
    return { edges, nodes: this.#nodes, missing: this.#missing, missingEnds: [...this.#ends], cut: this.#cut };
  }

  #of(edgeType: string): { inserted: number; unchanged: number } {
    const counts = this.#edges.get(edgeType) ?? { inserted: 0, unchanged: 0 };
    this.#edges.set(edgeType, counts);
    return counts;
  }
}

/** The sum of counts; undefined where there are none. */
export function sumOfLinks(...parts: readonly (LinkCounts | undefined)[]): LinkCounts | undefined {
  const counts = parts.filter((part) => part !== undefined);
  if (counts.length < 2) return counts[0];
  const tally = new LinkTally();
  for (const part of counts) tally.add(part);
  return tally.counts();
}

/** Without what was there before: looked at once more, it was counted already. */
export function onlyInserted(counts: LinkCounts): LinkCounts {
  const edges = [...counts.edges].filter(([, { inserted }]) => inserted > 0);
  return { ...counts, edges: new Map(edges.map(([type, { inserted }]) => [type, { inserted, unchanged: 0 }])) };
}
