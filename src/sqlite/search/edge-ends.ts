import type { Database } from 'better-sqlite3';
import { type EntityType, entityId } from '../../model/entity.ts';
import type { EdgeTable } from '../edge-table.ts';
import { inspectTable } from '../table-shape.ts';
import type { Read } from '../translate-error.ts';

/** Edges in one read. */
const AT_ONCE = 10_000;

/** Some nodes, kept on disk as they may be many. */
export interface NodeSet {
  has(id: string): boolean;
  /** Some of its ids after one, in order. */
  page(after: string, limit: number): readonly string[];
  drop(): void;
}

/** Which nodes edges of a type come from. */
export interface EdgeEnds {
  /** The nodes with such an edge to an entity; undefined where the graph has no such edges at all. Each step is one short read. */
  collect(edgeType: string, entity: EntityType, value: string): Generator<void, NodeSet | undefined>;
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

/** Prepares it for the columns that a `kg_edges` has. Sets are temporary tables, so the file is left as it is. */
export function prepareEdgeEnds(db: Database, table: EdgeTable, read: Read): EdgeEnds {
  const name = (column: 'id' | 'edge_type' | 'from_node' | 'to_node') => table.get(column) ?? column;
  const order = inspectTable(db, 'kg_edges')?.order;
  // In an index on the end and the type, edges are in order of their row ids.
  const position = order?.by === 'rowid' ? order.alias : name('id');
  const page = (after: string) =>
    db
      .prepare<(string | bigint)[], { position: bigint | string; end: string }>(
        `SELECT ${position} AS position, CAST(${name('from_node')} AS TEXT) AS "end" FROM kg_edges
         WHERE ${name('to_node')} = ? AND ${name('edge_type')} = ? ${after} ORDER BY ${position} LIMIT ${AT_ONCE}`,
      )
      .safeIntegers();
  const [first, following] = [page(''), page(`AND ${position} > ?`)];
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
  let sets = 0;

  return {
    leads: (from, edgeType, entity, value) => {
      const id = entityId(entity, value);
      const other = value.startsWith(`${entity}:`) ? id : value;
      return read(() => leading.get(from, edgeType, id, other)) !== undefined;
    },
    *collect(edgeType, entity, value) {
      const to = entityId(entity, value);
      let edges = read(() => first.all(to, edgeType));
      if (edges.length === 0 && read(() => anyOfType.get(`${edgeType}:`, `${edgeType};`)) === undefined)
        return undefined;
      const set = makeSet(db, ++sets, read);
      while (edges.length > 0) {
        set.add(edges.map(({ end }) => end));
        yield;
        const last = edges.at(-1)?.position;
        edges = last === undefined ? [] : read(() => following.all(to, edgeType, last));
      }
      return set;
    },
  };
}

function makeSet(db: Database, number: number, read: Read): NodeSet & { add(ids: readonly string[]): void } {
  const table = `temp.audit_found_${number}`;
  read(() => db.exec(`CREATE TABLE ${table}(id TEXT PRIMARY KEY) WITHOUT ROWID`));
  const insert = db.prepare<[string]>(`INSERT OR IGNORE INTO ${table}(id) VALUES (?)`);
  const insertAll = db.transaction((ids: readonly string[]) => {
    for (const id of ids) insert.run(id);
  });
  const has = db.prepare<[string], 1>(`SELECT 1 FROM ${table} WHERE id = ?`).pluck();
  const page = db.prepare<[string, number], string>(`SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`).pluck();
  return {
    add: (ids) => read(() => insertAll(ids)),
    has: (id) => read(() => has.get(id)) !== undefined,
    page: (after, limit) => read(() => page.all(after, limit)),
    drop: () => read(() => void db.exec(`DROP TABLE IF EXISTS ${table}`)),
  };
}
