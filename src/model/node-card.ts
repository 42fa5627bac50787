import type { GraphEdge } from './edge.ts';
import type { NodeTimes } from './graph.ts';
import type { StoredNode } from './node.ts';

/** Some edges of a node, and how many more there are. */
export interface SomeEdges {
  readonly edges: readonly GraphEdge[];
  readonly more: number;
}

/** All that is to be shown of one node. */
export interface NodeCard {
  readonly node: StoredNode;
  readonly out: SomeEdges;
  readonly in: SomeEdges;
  /** How it came to be what it is: for now, when it was written, changed and deleted. */
  readonly history: NodeTimes;
}
