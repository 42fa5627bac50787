import type { Database } from 'better-sqlite3';
import type { GraphEdge } from '../../model/edge.ts';
import type { Direction, EdgeReader } from '../../model/graph.ts';
import type { EdgeColumn, EdgeTable } from '../edge-table.ts';
import { edgeFields } from '../stored-edges.ts';
import type { Answer } from '../translate-error.ts';

/** Of a graph without edges. */
export const noEdges: EdgeReader = { has: async () => false, page: async () => [], count: async () => 0 };

/** What is asked of a `kg_edges`, with its names. Apart from the reader, so that the plans of all of it can be looked at. */
export interface EdgeQueries {
  /** The first edges of a node: by its id and a limit. */
  readonly first: Readonly<Record<Direction, string>>;
  /** Those after an edge: by the node's id, the edge's type, other end and id, and a limit. */
  readonly next: Readonly<Record<Direction, string>>;
  /** How many there are: by the node's id and a limit. */
  readonly count: Readonly<Record<Direction, string>>;
}

/** The order is that of the indexes that we make, so that a page of a node with a million edges is a page. */
export function edgeQueries(table: EdgeTable): EdgeQueries {
  const name = (column: EdgeColumn) => table.get(column) ?? 'NULL';
  const select = `SELECT ${edgeFields(table)} FROM kg_edges`;
  const ends = { out: name('from_node'), in: name('to_node') };
  const others = { out: ends.in, in: ends.out };
  const order = (direction: Direction) => `${name('edge_type')}, ${others[direction]}, ${name('id')}`;
  const page = (direction: Direction, after: string) =>
    `${select} WHERE ${ends[direction]} = ? ${after} ORDER BY ${order(direction)} LIMIT ?`;
  const next = (direction: Direction) => page(direction, `AND (${order(direction)}) > (?, ?, ?)`);
  const count = (direction: Direction) =>
    `SELECT count(*) FROM (SELECT 1 FROM kg_edges WHERE ${ends[direction]} = ? LIMIT ?)`;
  return {
    first: { out: page('out', ''), in: page('in', '') },
    next: { out: next('out'), in: next('in') },
    count: { out: count('out'), in: count('in') },
  };
}

/** Prepares reading edges, for the columns that a `kg_edges` has. */
export function prepareEdgeReader(db: Database, table: EdgeTable, answer: Answer): EdgeReader {
  const queries = edgeQueries(table);
  const prepareFirst = (sql: string) => db.prepare<[string, number], GraphEdge>(sql);
  const prepareNext = (sql: string) => db.prepare<[string, string, string, string, number], GraphEdge>(sql);
  const prepareCount = (sql: string) => db.prepare<[string, number], number>(sql).pluck();
  const first = { out: prepareFirst(queries.first.out), in: prepareFirst(queries.first.in) };
  const next = { out: prepareNext(queries.next.out), in: prepareNext(queries.next.in) };
  const counts = { out: prepareCount(queries.count.out), in: prepareCount(queries.count.in) };
  const has = db.prepare<[string], 1>(`SELECT 1 FROM kg_edges WHERE ${table.get('id') ?? 'id'} = ?`).pluck();
  const other = { out: 'toNode', in: 'fromNode' } as const;
  return {
    has: (id) => answer(() => has.get(id) !== undefined),
    page: (node, direction, limit, after) =>
      answer(() =>
        after === undefined
          ? first[direction].all(node, limit)
          : next[direction].all(node, after.edgeType, after[other[direction]], after.id, limit),
      ),
    count: (node, direction, limit) => answer(() => counts[direction].get(node, limit) ?? 0),
  };
}
