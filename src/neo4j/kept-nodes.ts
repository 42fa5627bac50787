import type { KeptNode, KeptReader } from '../model/graph-store.ts';
import { type FoundNode, findNodes } from './found-nodes.ts';
import { countNodes, readNodePage } from './node-pages.ts';
import type { Read } from './reading.ts';

/** A node as a graph keeps it. */
export function toKeptNode(node: FoundNode): KeptNode {
  const { id, nodeType, subtype, name, properties, sourceTable, sourceId, createdAt, updatedAt, deletedAt } = node;
  const said = { id, nodeType: nodeType ?? '', subtype, name, properties, sourceTable, sourceId };
  return { ...said, createdAt, updatedAt, deletedAt };
}

/** Reads nodes with all that is kept of them, whoever made them. */
export function keptNodes(read: Read): KeptReader<KeptNode> {
  return {
    find: async (id) => {
      const node = await read(async (tx) => (await findNodes(tx, [id], true)).get(id));
      return node && toKeptNode(node);
    },
    list: async ({ type, after, limit, includeDeleted = false }) => {
      const nodes = await read((tx) => readNodePage(tx, { type, after, limit, includeDeleted }));
      return nodes.map(toKeptNode);
    },
    count: (type, limit) => read((tx) => countNodes(tx, type, limit)),
  };
}
