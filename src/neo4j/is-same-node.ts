import { NODE_FIELDS, type NodeRecord, type StoredNode } from '../model/node.ts';

const FIELDS = Object.values(NODE_FIELDS);

/** Whether a node as it stands says what ours says. */
export function isSameNode(stored: StoredNode, node: NodeRecord): boolean {
  return FIELDS.every((field) => (stored[field] ?? null) === node[field]);
}
