import type { GraphEdge } from './edge.ts';
import type { EntityNode } from './entity.ts';
import type { JsonObject } from './json.ts';
import type { NodeRecord } from './node.ts';

/** An event that edges are made for, as its node says it. */
export interface LinkedEvent {
  readonly id: string;
  readonly subtype: string;
  readonly properties: { readonly [name: string]: unknown };
  /** The session it belongs to, be it that its node does not say it; null where none is known. */
  readonly session: string | null;
}

/** What every edge of a run has in common. */
export interface LinkContext {
  /** The trail that events hang on. */
  readonly trail: EdgeEnd;
  /** The time of writing, ISO 8601. */
  readonly now: string;
}

/** An end of an edge: a node that has to be there already, or an entity that is made where it is not. */
export type EdgeEnd = EntityNode | { readonly id: string };

/** An edge between an event and what it is about. */
export interface EdgeDraft {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly properties?: JsonObject;
}

/**
 * One type of edge, and how it comes out of an event. As an extractor, a linker opens, writes and counts nothing: it yields
 * drafts. Built-in ones are files of this project registered in `src/linkers/index.ts`; others are modules named with
 * `--linker`.
 */
export interface Linker {
  /** Its name in reports: `by-tool`. */
  readonly name: string;
  /** Raised whenever the same event would give other edges. */
  readonly version: number;
  /** One line for people. */
  readonly summary: string;
  /** `kg_edges.edge_type` of its edges. */
  readonly edgeType: string;
  link(event: LinkedEvent, context: LinkContext): Iterable<EdgeDraft>;
}

/** An edge on its way into the graph, with the entities that are made for it. */
export interface Link {
  readonly edge: GraphEdge;
  readonly entities: readonly NodeRecord[];
  /** The linker that makes it, with its version. */
  readonly actor: string;
}

/** The edges of one event. */
export interface LinkedEdges {
  readonly links: readonly Link[];
  /** Whether its node names fewer than its rows do: the rows have to be asked for the rest. */
  readonly isCut: boolean;
}

/** What became of links. */
export interface LinkCounts {
  /** Edges that were made, and that were there, by type. */
  readonly edges: ReadonlyMap<string, EdgeCounts>;
  /** Entities that were made. */
  readonly nodes: number;
  /** Edges that were not made because an end is not there: how many, and the first ends. */
  readonly missing: number;
  readonly missingEnds: readonly string[];
  /** Events of which a dry run cannot tell all edges, as only their rows do. */
  readonly cut: number;
}

export interface EdgeCounts {
  readonly inserted: number;
  readonly unchanged: number;
}
