import type { ChangeReader } from './change.ts';
import type { KeptReading } from './checkpoint.ts';
import type { GraphEdge } from './edge.ts';
import type { EdgeLister } from './edge-list.ts';
import type { Span } from './event-span.ts';
import type { GraphState } from './graph-state.ts';
import type { KeptEdge, KeptNode, KeptReader } from './graph-store.ts';
import type { StoredNode } from './node.ts';
import type { Searcher } from './search.ts';
import type { StatisticsReader } from './statistics.ts';
import type { TrailReader } from './trail.ts';

/** Which edges of a node: those that leave it, or those that lead to it. */
export type Direction = 'out' | 'in';

/** When a node was written, changed and deleted, as its columns have it; null where they say nothing. */
export interface NodeTimes {
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly deletedAt: string | null;
}

/** Single nodes of a graph, whoever made them. */
interface NodeReader {
  /** Undefined where there is none. */
  find(id: string): Promise<StoredNode | undefined>;
  /** Undefined where there is no such node. */
  times(id: string): Promise<NodeTimes | undefined>;
  /** When a node says it was, else what is kept of that; undefined where that is not known. */
  span(node: Pick<StoredNode, 'id' | 'properties'>): Promise<Span | undefined>;
  /** Whether it is recorded that this program wrote the event that has this id. */
  isRecorded(id: string): Promise<boolean>;
}

/** The edges of a graph, whoever made them. */
export interface EdgeReader {
  /**
   * Edges of a node in the order of their types, their other ends and their ids, so many at the most; those after
   * `after` where it is given.
   */
  page(node: string, direction: Direction, limit: number, after?: GraphEdge): Promise<readonly GraphEdge[]>;
  /** Whether there is an edge of this id. */
  has(id: string): Promise<boolean>;
  /** How many edges of a node there are, counted up to a limit. */
  count(node: string, direction: Direction, limit: number): Promise<number>;
}

/** Which edges of events are not made yet, as far as that is noted. */
export interface OpenEdges {
  /** Events name more agents and tasks than their nodes do: the rows of the source have to be asked. */
  readonly isOwed: boolean;
  /** Events were written without their edges since edges were made last. */
  readonly isUnlinked: boolean;
}

/** What runs have kept beside a graph. */
export interface RunRecords {
  /** What an extractor has read; undefined where nothing is kept of it. */
  reading(extractor: string): Promise<KeptReading | undefined>;
  /** How many rows of the source an event was made of; undefined where it is not recorded, or its id is but a beginning. */
  rowsOf(id: string): Promise<number | undefined>;
  /** None where edges were never made. */
  openEdges(): Promise<OpenEdges>;
}

/** A graph that questions are asked of. It is only read, in short transactions, while others write it. */
export interface Graph {
  readonly path: string;
  readonly nodes: NodeReader;
  /** Nodes and edges with all that is kept of them. */
  readonly kept: { readonly nodes: KeptReader<KeptNode>; readonly edges: KeptReader<KeptEdge> };
  readonly edges: EdgeReader;
  readonly edgeLists: EdgeLister;
  readonly searcher: Searcher;
  readonly trails: TrailReader;
  readonly records: RunRecords;
  /** Reads the log of changes; undefined where there is none. */
  readonly changes: ChangeReader | undefined;
  /** Throws where nothing is kept beside the graph that could be counted. */
  statistics(): Promise<StatisticsReader>;
  /** How it stands, as far as that is quickly seen. */
  state(): Promise<GraphState>;
  /** Whether it still is what was opened: false once its file or its tables are others, or its copy was overtaken. */
  isCurrent(): boolean;
  close(): Promise<void>;
}
