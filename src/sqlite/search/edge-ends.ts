import type { Database } from 'better-sqlite3';
import { type EntityType, entityId } from '../../model/entity.ts';
import type { EdgeTable } from '../edge-table.ts';
import { quoteName } from '../quote.ts';
import { inspectTable } from '../table-shape.ts';
import type { Read } from '../translate-error.ts';
import { makeList, type NodeSet } from './node-set.ts';

/** Edges in one read. */
const AT_ONCE = 10_000;

/** Which nodes edges of a type come from. */
export interface EdgeEnds {
  /**
   * The nodes with such an edge to an entity; undefined where the graph has no such edges at all. They are listed where
   * they are no more than `most`, or an edge cannot be found fast by where it comes from. Each step is one short read.
   */
  collect(edgeType: string, entity: EntityType, value: string, most: number): Generator<void, NodeSet | undefined>;
  /** Whether an edge of a type leads from a node to an entity, be it ours or a node of others with that very id. */
  leads(from: string, edgeType: string, entity: EntityType, value: string): boolean;
}

/** Of a graph without edges. */
export const noEdgeEnds: EdgeEnds = {
  // biome-ignore lint/correctness/useYield: there is nothing to read.
  *collect() {
    return undefined;
  },
  leads: () => false,
};

/** Prepares it for the columns that a `kg_edges` has. */
export function prepareEdgeEnds(db: Database, table: EdgeTable, read: Read): EdgeEnds {
  const name = (column: 'id' | 'edge_type' | 'from_node' | 'to_node') => table.get(column) ?? column;
  const order = inspectTable(db, 'kg_edges')?.order;
  // In an index on the end and the type, edges are in order of their row ids.
  const position = order?.by === 'rowid' ? order.alias : name('id');
  const leadThere = `FROM kg_edges WHERE ${name('to_node')} = ? AND ${name('edge_type')} = ?`;
  const page = (after: string) =>
    db
      .prepare<(string | bigint)[], { position: bigint | string; end: string }>(
        `SELECT ${position} AS position, CAST(${name('from_node')} AS TEXT) AS "end" ${leadThere}
         ${after} ORDER BY ${position} LIMIT ${AT_ONCE}`,
      )
      .safeIntegers();
  const [first, following] = [page(''), page(`AND ${position} > ?`)];
  const count = db
    .prepare<[string, string, number], number>(`SELECT count(*) FROM (SELECT 1 ${leadThere} LIMIT ?)`)
    .pluck();
  // Edges of ours have their type at the beginning of their ids; so this needs no scan.
  const anyOfType = db
    .prepare<[string, string], 1>(`SELECT 1 FROM kg_edges WHERE ${name('id')} >= ? AND ${name('id')} < ? LIMIT 1`)
    .pluck();
  const leading = db
    .prepare<[string, string, string, string], 1>(
      `SELECT 1 FROM kg_edges
       WHERE ${name('from_node')} = ? AND ${name('edge_type')} = ? AND ${name('to_node')} IN (?, ?) LIMIT 1`,
    )
    .pluck();
  const isFast = hasIndexOn(db, name('from_node'));
  let lists = 0;

  return {
    *collect(edgeType, entity, value, most) {
      const to = entityId(entity, value);
      if (isFast && Number.isFinite(most) && (read(() => count.get(to, edgeType, most + 1)) ?? 0) > most) {
        return { kind: 'unlisted', has: (id) => read(() => leading.get(id, edgeType, to, to)) !== undefined };
      }
      let edges = read(() => first.all(to, edgeType));
      if (edges.length === 0 && read(() => anyOfType.get(`${edgeType}:`, `${edgeType};`)) === undefined)
        return undefined;
      const list = makeList(db, ++lists, read);
      while (edges.length > 0) {
        list.add(edges.map(({ end }) => end));
        yield;
        const last = edges.at(-1)?.position;
        edges = last === undefined ? [] : read(() => following.all(to, edgeType, last));
      }
      return list;
    },
    leads: (from, edgeType, entity, value) => {
      const id = entityId(entity, value);
      const other = value.startsWith(`${entity}:`) ? id : value;
      return read(() => leading.get(from, edgeType, id, other)) !== undefined;
    },
  };
}

/** Whether an index of `kg_edges` begins with a column, named as SQL wants it. */
function hasIndexOn(db: Database, column: string): boolean {
  const first = db.prepare<[], string>(
    `SELECT c.name FROM pragma_index_list('kg_edges') AS i, pragma_index_info(i.name) AS c
     WHERE i.partial = 0 AND c.seqno = 0 AND c.name IS NOT NULL`,
  );
  return first
    .pluck()
    .all()
    .some((name) => quoteName(name) === column);
}
