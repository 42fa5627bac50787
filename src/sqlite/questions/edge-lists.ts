import type { EdgeLister, EdgePage, EdgeQuestion } from '../../model/edge-list.ts';
import {
  BETWEEN,
  type EdgeOrderField,
  edgeListOrder,
  edgePageOf,
  requireEdgePlace,
} from '../../model/edge-list-order.ts';
import type { EdgeColumn } from '../edge-table.ts';
import { takeSteps } from '../search/take-steps.ts';
import type { Read } from '../translate-error.ts';
import { pageBetween } from './edges-between.ts';
import { listOfType } from './edges-of-type.ts';
import { comesAfter, type EdgeShop, equals, selectEdges } from './select-edges.ts';

/** Of a graph without edges. */
export const noEdgeLists: EdgeLister = { list: async () => ({ edges: [], next: undefined }) };

/** Prepares it for the columns that a `kg_edges` has. */
export function prepareEdgeLists(shop: EdgeShop, read: Read): EdgeLister {
  return {
    list: async (question, signal) => {
      const order = edgeListOrder(question);
      requireEdgePlace(question, order);
      const { type, from, to, limit, after } = question;
      if (type !== undefined && from === undefined && to === undefined) {
        return takeSteps(listOfType(shop, read, { type, limit, after }), signal);
      }
      if (order === BETWEEN) return read(() => pageBetween(shop, { from: from ?? '', to: to ?? '', limit, after }));
      return read(() => page(shop, question, order));
    },
  };
}

/** A page in an order that an index has, so that of a node with a million edges it is a page, too. */
function page(
  shop: EdgeShop,
  { type, from, to, limit, after }: EdgeQuestion,
  order: readonly EdgeOrderField[],
): EdgePage {
  const { table } = shop;
  const is = (column: EdgeColumn, value: string | undefined) =>
    value === undefined ? [] : [equals(table, column, value)];
  const conditions = [
    ...[...is('from_node', from), ...is('edge_type', type), ...is('to_node', to)],
    ...(after === undefined ? [] : [comesAfter(table, order, after)]),
  ];
  return edgePageOf(selectEdges(shop, { conditions, order, limit: limit + 1 }), limit, order);
}
