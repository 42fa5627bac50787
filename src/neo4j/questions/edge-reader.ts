import type { GraphEdge } from '../../model/edge.ts';
import type { EdgeOrderField } from '../../model/edge-list-order.ts';
import type { Direction, EdgeReader } from '../../model/graph.ts';
import { countEdges, readEdgePage } from '../edge-pages.ts';
import { type FoundEdge, findEdge } from '../found-edges.ts';
import { findNodes } from '../found-nodes.ts';
import type { Read } from '../reading.ts';
import type { Transaction } from '../transaction.ts';

const END = { out: 'from', in: 'to' } as const satisfies Record<Direction, string>;
const ORDER = {
  out: ['edgeType', 'toNode', 'id'],
  in: ['edgeType', 'fromNode', 'id'],
} as const satisfies Record<Direction, readonly EdgeOrderField[]>;

/** The edges of single nodes. */
export function edgeReader(read: Read): EdgeReader {
  return {
    page: (node, direction, limit, after) =>
      read(async (tx) => {
        const handle = await handleOf(tx, node);
        if (handle === undefined) return [];
        const order = ORDER[direction];
        const place = after && order.map((field) => after[field]);
        const edges = await readEdgePage(tx, { [END[direction]]: handle, order, after: place, limit });
        return edges.map(toEdge);
      }),
    has: async (id) => (await read((tx) => findEdge(tx, id))) !== undefined,
    count: (node, direction, limit) =>
      read(async (tx) => {
        const handle = await handleOf(tx, node);
        return handle === undefined ? 0 : countEdges(tx, { [END[direction]]: handle }, limit);
      }),
  };
}

function toEdge({ id, edgeType, fromNode, toNode, properties }: FoundEdge): GraphEdge {
  return { id, edgeType, fromNode, toNode, properties };
}

async function handleOf(tx: Transaction, id: string): Promise<string | undefined> {
  return (await findNodes(tx, [id], true)).get(id)?.handle;
}
