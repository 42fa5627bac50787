import type { KeptEdge, KeptReader } from '../model/graph-store.ts';
import { countEdges, readEdgePage } from './edge-pages.ts';
import { type FoundEdge, findEdge } from './found-edges.ts';
import type { Read } from './reading.ts';

/** An edge as a graph keeps it. */
export function toKeptEdge({ id, edgeType, fromNode, toNode, properties, createdAt, updatedAt }: FoundEdge): KeptEdge {
  return { id, edgeType, fromNode, toNode, properties, createdAt, updatedAt };
}

/** Reads edges with all that is kept of them, whoever made them. A list looks at all edges, or all of its type, for each page. */
export function keptEdges(read: Read): KeptReader<KeptEdge> {
  return {
    find: async (id) => {
      const edge = await read((tx) => findEdge(tx, id));
      return edge && toKeptEdge(edge);
    },
    list: async ({ type, after, limit }) => {
      const place = after === undefined ? undefined : [after];
      const edges = await read((tx) => readEdgePage(tx, { type, order: ['id'], after: place, limit }));
      return edges.map(toKeptEdge);
    },
    count: (type, limit) => read((tx) => countEdges(tx, { type }, limit)),
  };
}
