import type { EventFacets } from './event-facets.ts';
import type { GraphNode } from './node.ts';
import type { Properties } from './properties.ts';

/**
 * What the drafts of one key come to, on its way into the graph: its node, as if nothing were stored yet, and what is
 * kept beside it so that later rows can be folded in.
 */
export interface Entry {
  readonly key: string;
  /** How many drafts went into it. */
  readonly drafts: number;
  /** How many of them came from rows that an earlier run had read. */
  readonly known: number;
  /** The folded state as JSON; null for a whole draft. */
  readonly state: string | null;
  readonly node: GraphNode;
  /** What it is found and counted by. */
  readonly facets: EventFacets;
  /** False where it is known to be found by the same words as what is kept of its key. */
  readonly isReworded?: boolean;
  /** The leaf of the node, where it was made ahead. */
  readonly leaf?: string | undefined;
  /** What the properties of the node say, where they were read already. */
  readonly said?: Properties | undefined;
  /** Whether its key was made up just now, at random: nothing can be there yet that has it. */
  readonly isFresh?: boolean;
}

/** What is kept of an entry: `drafts` and `state` as above, and the leaf of the node that was written. */
export type StoredEntry = Pick<Entry, 'drafts' | 'state'> & { readonly leaf: string };
