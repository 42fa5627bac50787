/** What the server answers with, as far as the page reads it. /openapi.json has all of it. */

interface NodeRecord {
  readonly id: string;
  readonly node_type: string;
  readonly subtype: string | null;
  readonly name: string;
  /** An object, unless somebody else wrote something else. */
  readonly properties: unknown;
  readonly source_table: string | null;
  readonly source_id: string | null;
  readonly deleted_at?: string | null;
}

/** A node of a list. */
export interface ListedNode extends NodeRecord {
  readonly first?: string | null;
  readonly last?: string | null;
}

/** A page of `/nodes` or `/events`. */
export interface NodesPage {
  readonly nodes: readonly ListedNode[];
  readonly next: string | null;
  readonly warnings: readonly string[];
}

/** `/nodes/:id/card`. */
export interface NodeCard {
  readonly node: NodeRecord;
  readonly deleted: boolean;
  readonly recorded: boolean | null;
  readonly edges: { readonly out: CardEdges; readonly in: CardEdges };
  readonly history: {
    readonly created_at: string | null;
    readonly updated_at: string | null;
    readonly deleted_at: string | null;
  };
  readonly changes: readonly Change[];
}

export interface CardEdges {
  readonly edges: readonly CardEdge[];
  /** How many there are beside these. */
  readonly more: number;
}

interface CardEdge {
  readonly id: string;
  readonly edge_type: string;
  readonly properties: unknown;
  /** The node at its other end. */
  readonly other: {
    readonly id: string;
    readonly name: string | null;
    readonly in_graph: boolean;
    readonly deleted: boolean;
  };
}

/** A row of the log of changes. */
export interface Change {
  readonly number: string;
  readonly timestamp: string;
  readonly component: string;
  readonly record_id: string;
  readonly operation: string;
  readonly actor: string;
  readonly run_id: number | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** `/db/audit`. */
export interface ChangesPage {
  readonly changes: readonly Change[];
  readonly more: boolean;
}

/** `/nodes/:id/neighbors`. */
export interface Neighbors {
  readonly root: string;
  readonly limit: number;
  readonly nodes: readonly Neighbor[];
  readonly edges: readonly NeighborEdge[];
  readonly more: readonly {
    readonly id: string;
    readonly edges: number;
    readonly at_least: boolean;
    readonly cut_by: 'limit' | 'depth';
  }[];
}

export interface Neighbor {
  readonly id: string;
  /** `missing` for what an edge leads to and the graph has not. */
  readonly node_type: string;
  readonly subtype: string | null;
  readonly name: string | null;
  readonly depth: number;
  readonly deleted: boolean;
}

export interface NeighborEdge {
  readonly id: string;
  readonly edge_type: string;
  readonly from: string;
  readonly to: string;
}
