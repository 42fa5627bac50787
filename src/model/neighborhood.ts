import type { GraphEdge } from './edge.ts';

/** The node type of what an edge leads to, and that is not in the graph. */
export const MISSING = 'missing';

/** A node of a neighbourhood, and how many edges it is away from the node that was asked for. */
export interface Neighbor {
  readonly id: string;
  readonly nodeType: string;
  readonly subtype: string | null;
  readonly name: string | null;
  readonly depth: number;
}

/** How many more edges a node has than are shown. */
export interface MoreEdges {
  readonly node: string;
  readonly edges: number;
  /** Counting ends somewhere; then there are at least so many. */
  readonly atLeast: boolean;
}

/** A node and what is around it, within a bound. */
export interface Neighborhood {
  readonly root: string;
  /** How many edges away from the root it was looked, and how many nodes were wanted at the most. */
  readonly depth: number;
  readonly limit: number;
  /** The root first, then by depth. */
  readonly nodes: readonly Neighbor[];
  /** Edges between nodes that are shown. */
  readonly edges: readonly Omit<GraphEdge, 'properties'>[];
  /** The nodes whose edges were cut, in the order of the nodes. */
  readonly more: readonly MoreEdges[];
}
