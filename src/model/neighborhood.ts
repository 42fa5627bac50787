import type { GraphEdge } from './edge.ts';
import type { NodeEnd } from './node-end.ts';

/** So many edges away can be looked at the most, and so many nodes be shown. */
export const LARGEST_DEPTH = 5;
export const MOST_NODES = 1000;

/** A node of a neighbourhood, and how many edges it is away from the node that was asked for. */
export interface Neighbor extends NodeEnd {
  readonly depth: number;
}

/** How many more edges a node has than are shown. */
export interface MoreEdges {
  readonly node: string;
  readonly edges: number;
  /** Counting ends somewhere; then there are at least so many. */
  readonly atLeast: boolean;
  /** Why they are not shown: there was no room for more nodes, or they lead further away than was looked. */
  readonly cutBy: 'limit' | 'depth';
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
  /** The nodes whose edges were cut: those cut by the limit first, each in the order of the nodes. */
  readonly more: readonly MoreEdges[];
}
