import type { FoundChanges } from './change.ts';
import type { GraphEdge } from './edge.ts';
import type { NodeTimes } from './graph.ts';
import type { StoredNode } from './node.ts';
import type { NodeEnd } from './node-end.ts';

/** So many edges of each direction can be shown at the most. */
export const MOST_EDGES = 1000;

/** An edge of a node, and the node at its other end. */
export interface CardEdge extends GraphEdge {
  readonly other: NodeEnd;
}

/** Some edges of a node, and how many more there are. */
export interface SomeEdges {
  readonly edges: readonly CardEdge[];
  readonly more: number;
}

/** All that is to be shown of one node. */
export interface NodeCard {
  readonly node: StoredNode;
  readonly out: SomeEdges;
  readonly in: SomeEdges;
  /** Whether it is recorded that this program wrote it; null where nothing is kept of that, as of users and tools. */
  readonly isRecorded: boolean | null;
  /** When it was written, changed and deleted. */
  readonly history: NodeTimes;
  /** What became of it, the newest first, as far as the log of changes tells; undefined where there is no log. */
  readonly changes: FoundChanges | undefined;
}
