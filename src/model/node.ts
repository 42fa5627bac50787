/** The node type of everything an extractor makes. */
export const AUDIT_EVENT = 'audit_event';

/** A node as it is to stand in `kg_nodes`; `properties` is compact JSON text, so that it compares byte for byte. */
export interface NodeRecord {
  readonly id: string;
  readonly nodeType: string;
  readonly subtype: string | null;
  readonly name: string;
  readonly properties: string;
  /** Null for what comes from no table. */
  readonly sourceTable: string | null;
  readonly sourceId: string | null;
}

/** An event as it is to stand there. */
export interface GraphNode extends NodeRecord {
  readonly subtype: string;
  readonly sourceId: string;
}

/** The columns of `kg_nodes` that say what a node is, in the order they are printed, and its fields that go there. */
export const NODE_FIELDS = {
  id: 'id',
  node_type: 'nodeType',
  subtype: 'subtype',
  name: 'name',
  properties: 'properties',
  source_table: 'sourceTable',
  source_id: 'sourceId',
} as const satisfies Record<string, keyof NodeRecord>;

/** A column of `kg_nodes` that says what a node is. */
export type ContentColumn = keyof typeof NODE_FIELDS;

/** Whether a column says what a node is. */
export const isContentColumn = (column: string): column is ContentColumn => column in NODE_FIELDS;

/** A node as it was found; a column that a foreign `kg_nodes` lacks is undefined, one that holds NULL is null. */
export type StoredNode = { readonly [Field in keyof NodeRecord]: string | null | undefined };

/**
 * What upserting one node does, or would do; `again` says how this run has counted the node already, `isDeleted`
 * whether it is marked as deleted, and stays so, `isVetoed` whether a hook has kept it from being written.
 */
export type Change = (
  | { readonly action: 'insert'; readonly node: GraphNode }
  | { readonly action: 'update'; readonly node: GraphNode; readonly before: StoredNode }
  | { readonly action: 'unchanged'; readonly node: GraphNode }
) & { readonly again?: 'changed' | 'unchanged'; readonly isDeleted?: boolean; readonly isVetoed?: boolean };
