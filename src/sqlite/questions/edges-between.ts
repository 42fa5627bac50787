import type { EdgePage, EdgePlace } from '../../model/edge-list.ts';
import { BETWEEN, edgePageOf } from '../../model/edge-list-order.ts';
import type { KeptEdge } from '../../model/graph-store.ts';
import { columnName, comesAfter, type EdgeShop, equals, selectEdges } from './select-edges.ts';

/** Which edges between two nodes are wanted. */
interface Between {
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly after: EdgePlace | undefined;
}

/** Edges from one node to another, type by type: each is found at once, however many edges both nodes have. */
export function pageBetween(shop: EdgeShop, { from, to, limit, after }: Between): EdgePage {
  const { table } = shop;
  const found: KeptEdge[] = [];
  for (const type of typesFrom(shop, from, after?.[0])) {
    const ends = [equals(table, 'from_node', from), equals(table, 'edge_type', type), equals(table, 'to_node', to)];
    const later = type === after?.[0] ? [comesAfter(table, ['id'], after.slice(1))] : [];
    const room = limit + 1 - found.length;
    found.push(...selectEdges(shop, { conditions: [...ends, ...later], order: ['id'], limit: room }));
    if (found.length > limit) break;
  }
  return edgePageOf(found, limit, BETWEEN);
}

/** The types of the edges that leave a node, in order, from one on. */
function* typesFrom({ db, table }: EdgeShop, from: string, first = ''): Generator<string> {
  const type = columnName(table, 'edge_type');
  const next = (operator: string) =>
    db
      .prepare<[string, string], string>(
        `SELECT CAST(${type} AS TEXT) FROM kg_edges
         WHERE ${columnName(table, 'from_node')} = ? AND ${type} ${operator} ? ORDER BY ${type} LIMIT 1`,
      )
      .pluck();
  let found = next('>=').get(from, first);
  const following = next('>');
  while (found !== undefined) {
    yield found;
    found = following.get(from, found);
  }
}
