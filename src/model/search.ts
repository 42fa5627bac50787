import type { StoredNode } from './node.ts';

/** Which nodes are wanted: those that all that is given says of. Texts are compared exactly, times are in milliseconds. */
export interface NodeFilter {
  readonly nodeType: string;
  readonly subtype?: string | undefined;
  readonly session?: string | undefined;
  readonly tool?: string | undefined;
  /** Events with an edge to this agent or task; where a graph has no such edges, those whose node names it. */
  readonly agent?: string | undefined;
  readonly task?: string | undefined;
  readonly errorType?: string | undefined;
  readonly user?: string | undefined;
  /** Each of its words is the beginning of a word of the node (`wordsOfText`). */
  readonly text?: string | undefined;
  /** Events that happened within this range, its ends included; of rows between the first and the last, the day is known. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Those that are marked as deleted, too. */
  readonly includeDeleted?: boolean | undefined;
}

/** `time` is the newest first, by the last moment, and nodes without a time at the end. Equals are in order of ids. */
export const SORT_FIELDS = ['time', 'id', 'name'] as const;
type SortField = (typeof SORT_FIELDS)[number];

/** The order of nodes; reversed, nodes without a time are still at the end, and equals in order of ids. */
export interface Sort {
  readonly field: SortField;
  readonly isReversed: boolean;
}

/** What nodes are put in order by. */
export interface SortKey {
  readonly id: string;
  readonly name: string;
  /** The last moment, in milliseconds; null where it is not known. */
  readonly last: number | null;
}

/** At the most so many nodes are found at once, after so many that were left out. */
export const MOST_FOUND = 10_000;
export const LARGEST_OFFSET = 100_000;

/** A question for nodes. */
export interface Search {
  readonly filter: NodeFilter;
  readonly sort: Sort;
  readonly limit: number;
  readonly offset: number;
  /** Only nodes that come after this place in the order; where a page ended, so that the next one begins there. */
  readonly after?: SortKey | undefined;
}

/** A node that was found, and when it was, in milliseconds; null where that is not known. */
export interface FoundNode {
  readonly node: StoredNode;
  readonly first: number | null;
  readonly last: number | null;
  readonly isDeleted: boolean;
}

/** The nodes that were found, and whether there are more after them. */
export interface Found {
  readonly nodes: readonly FoundNode[];
  readonly more: boolean;
  /** The place of the last of them, where there are more. */
  readonly next: SortKey | undefined;
  /** What a user should know of the way they were found. */
  readonly warnings: readonly string[];
}

/** Finds nodes of a graph, whoever made them; nodes that are deleted are left out unless they are wanted, too. */
export interface Searcher {
  /** May take a while; an aborted signal ends it with the signal's reason. */
  search(search: Search, signal: AbortSignal): Promise<Found>;
}
