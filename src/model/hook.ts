import type { NodeRecord, StoredNode } from './node.ts';

/** What a hook gives to keep something from being done. */
export const VETO = 'veto';
type Veto = typeof VETO;

/**
 * Is called when nodes are inserted, updated and deleted, in the transaction that does it, in the order hooks are given. It is
 * to be quick and not asynchronous. One that throws undoes the batch, and is named in the error. Edges, and nodes that are
 * brought back, call none.
 */
export interface Hook {
  /** Its name in errors: `no-test-sessions`. */
  readonly name: string;
  /** Nodes of this type alone; all unless given. */
  readonly nodeType?: string;
  /** Gives the node with another name or other properties, a veto, or nothing. The same node is to give the same each time. */
  readonly beforeInsert?: (node: NodeRecord) => NodeRecord | Veto | undefined;
  readonly afterInsert?: (node: NodeRecord) => void;
  /** The same; `before` is the node as it stands. */
  readonly beforeUpdate?: (node: NodeRecord, before: StoredNode) => NodeRecord | Veto | undefined;
  readonly afterUpdate?: (node: NodeRecord, before: StoredNode) => void;
  readonly beforeDelete?: (node: StoredNode) => Veto | undefined;
  readonly afterDelete?: (node: StoredNode) => void;
}
