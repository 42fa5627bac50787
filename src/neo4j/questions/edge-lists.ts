import type { EdgeLister } from '../../model/edge-list.ts';
import { edgeListOrder, edgePageOf, requireEdgePlace } from '../../model/edge-list-order.ts';
import { readEdgePage } from '../edge-pages.ts';
import { findNodes } from '../found-nodes.ts';
import { toKeptEdge } from '../kept-edges.ts';
import type { Read } from '../reading.ts';

/** Lists edges, page by page. */
export function edgeLists(read: Read): EdgeLister {
  return {
    list: async (question, signal) => {
      const order = edgeListOrder(question);
      requireEdgePlace(question, order);
      const { type, limit, after } = question;
      const edges = await read(async (tx) => {
        const ids = [question.from, question.to].filter((id) => id !== undefined);
        const ends = await findNodes(tx, ids, true);
        if (!ids.every((id) => ends.has(id))) return [];
        const handleOf = (id: string | undefined) => (id === undefined ? undefined : ends.get(id)?.handle);
        const [from, to] = [handleOf(question.from), handleOf(question.to)];
        return readEdgePage(tx, { type, from, to, order, after, limit: limit + 1 });
      }, signal);
      return edgePageOf(edges.map(toKeptEdge), limit, order);
    },
  };
}
