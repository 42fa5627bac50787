import type { Graph } from '../../model/graph.ts';
import { spanOfNode } from '../../model/node-view.ts';
import { readProperties } from '../../model/properties.ts';
import type { FindFacts } from '../entry-facts.ts';
import { findNodes, toStoredNode } from '../found-nodes.ts';
import type { Read } from '../reading.ts';

/** Single nodes of a graph, whoever made them. */
export function nodeReader(read: Read, findFacts: FindFacts): Graph['nodes'] {
  const find = (id: string) => read(async (tx) => (await findNodes(tx, [id], true)).get(id));
  const factsOf = async (id: string | null | undefined) =>
    id == null ? undefined : read(async (tx) => (await findFacts(tx, [id])).get(id));
  return {
    find: async (id) => {
      const node = await find(id);
      return node && toStoredNode(node);
    },
    times: async (id) => {
      const node = await find(id);
      const text = (value: string | null) => value || null;
      return node && { createdAt: text(node.createdAt), updatedAt: text(node.updatedAt), deletedAt: node.deletedAt };
    },
    span: async ({ id, properties }) => {
      const said = { properties: readProperties(properties), kept: () => undefined };
      const own = spanOfNode(said);
      if (own !== undefined) return own;
      const facts = await factsOf(id);
      return spanOfNode({ ...said, kept: () => facts });
    },
    isRecorded: async (id) => (await factsOf(id)) !== undefined,
  };
}
