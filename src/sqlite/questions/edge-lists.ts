import type { EdgeLister, EdgePage, EdgeQuestion } from '../../model/edge-list.ts';
import { AuditError } from '../../model/errors.ts';
import type { EdgeColumn } from '../edge-table.ts';
import { takeSteps } from '../search/take-steps.ts';
import type { Read } from '../translate-error.ts';
import { BETWEEN, pageBetween } from './edges-between.ts';
import { listOfType } from './edges-of-type.ts';
import { comesAfter, type EdgeShop, equals, pageOf, selectEdges } from './select-edges.ts';

/** Of a graph without edges. */
export const noEdgeLists: EdgeLister = { list: async () => ({ edges: [], next: undefined }) };

/** Prepares it for the columns that a `kg_edges` has. */
export function prepareEdgeLists(shop: EdgeShop, read: Read): EdgeLister {
  return {
    list: async (question, signal) => {
      const order = orderOf(question);
      const { type, from, to, limit, after } = question;
      if (after !== undefined && after.length !== order.length) throw noPlace();
      if (type !== undefined && from === undefined && to === undefined) {
        return takeSteps(listOfType(shop, read, { type, limit, after }), signal);
      }
      if (order === BETWEEN) return read(() => pageBetween(shop, { from: from ?? '', to: to ?? '', limit, after }));
      return read(() => page(shop, question, order));
    },
  };
}

const noPlace = () => new AuditError('usage', 'the place is none in this list of edges', 'begin with its first page');

/** What a list is put in order by: ids, or what comes next in the index of a node's edges. */
function orderOf({ type, from, to }: EdgeQuestion): readonly EdgeColumn[] {
  if (from !== undefined && to !== undefined) return type === undefined ? BETWEEN : ['id'];
  if (from === undefined && to === undefined) return ['id'];
  const other = from === undefined ? 'from_node' : 'to_node';
  return type === undefined ? ['edge_type', other, 'id'] : [other, 'id'];
}

/** A page in an order that an index has, so that of a node with a million edges it is a page, too. */
function page(shop: EdgeShop, { type, from, to, limit, after }: EdgeQuestion, order: readonly EdgeColumn[]): EdgePage {
  const { table } = shop;
  const is = (column: EdgeColumn, value: string | undefined) =>
    value === undefined ? [] : [equals(table, column, value)];
  const conditions = [
    ...[...is('from_node', from), ...is('edge_type', type), ...is('to_node', to)],
    ...(after === undefined ? [] : [comesAfter(table, order, after)]),
  ];
  return pageOf(selectEdges(shop, { conditions, order, limit: limit + 1 }), limit, order);
}
