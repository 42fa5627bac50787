import type { Database } from 'better-sqlite3';
import type { ScannedNode } from '../../model/judged-nodes.ts';
import { keep } from '../connect.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';
import type { Read } from '../translate-error.ts';
import { columnOf, isLiving, isNamed, type NodeScan, scannedColumns, type TypeFilter } from './scanned-nodes.ts';

/** A read ends after so long, or so many characters. */
const MOST_MS = 250;
const MOST_CHARACTERS = 8_000_000;
const FIRST_ROW = -(2n ** 63n);

interface Row extends ScannedNode {
  readonly position: bigint;
  readonly living: bigint;
  readonly named: bigint;
}

type Subtype = string | number | bigint | Buffer | null;

/**
 * A scan along an index of `kg_nodes` that begins with type and subtype, compared exactly, of those that a condition is
 * true of; undefined where there is no such index.
 */
export function prepareIndexedScan(
  db: Database,
  table: TableShape,
  read: Read,
  condition = 'TRUE',
): NodeScan | undefined {
  const index = subtypeIndexOf(db);
  if (index === undefined || table.order.by !== 'rowid') return undefined;
  const from = `FROM kg_nodes INDEXED BY ${quoteName(index)} WHERE ${columnOf(table, 'node_type')} COLLATE BINARY = ?`;
  const [rowid, subtype] = [table.order.alias, `${columnOf(table, 'subtype')} COLLATE BINARY`];
  const nextSubtype = (after: string) =>
    db
      .prepare<Subtype[], Subtype>(`SELECT ${subtype} ${from} AND ${after} ORDER BY ${subtype} LIMIT 1`)
      .safeIntegers()
      .pluck();
  const [first, following] = [nextSubtype(`${subtype} IS NOT NULL`), nextSubtype(`${subtype} > ?`)];
  const rows = db
    .prepare<[string, Subtype, bigint], Row>(
      `SELECT ${rowid} AS position, ${isLiving(db, table)} AS living, ${isNamed(table)} AS named, ${scannedColumns(table)} ${from}
       AND ${subtype} IS ? AND ${rowid} >= ? AND ${condition} ORDER BY ${rowid}`,
    )
    .safeIntegers();

  function* subtypesOf(nodeType: string): Generator<Subtype> {
    yield null;
    let next = read(() => first.get(nodeType));
    while (next !== undefined) {
      const last = next;
      yield last;
      next = read(() => following.get(nodeType, last));
    }
  }

  /** Visits some rows from one on; gives the row to go on from. */
  function step(
    { nodeType, includeDeleted = false }: TypeFilter,
    group: Subtype,
    position: bigint,
    visit: (node: ScannedNode) => void,
  ): bigint | undefined {
    const started = performance.now();
    let characters = 0;
    for (const row of keep(rows.iterate(nodeType, group, position))) {
      if (row.living || (includeDeleted && row.named)) visit(row);
      characters += row.properties?.length ?? 0;
      if (performance.now() - started > MOST_MS || characters > MOST_CHARACTERS) return row.position + 1n;
    }
    return undefined;
  }

  return function* (filter, visit) {
    for (const group of filter.subtype === undefined ? subtypesOf(filter.nodeType) : [filter.subtype]) {
      let position: bigint | undefined = FIRST_ROW;
      while (position !== undefined) {
        const start: bigint = position;
        position = read(() => step(filter, group, start, visit));
        yield;
      }
    }
  };
}

/** The name of an index of `kg_nodes` that begins with type and subtype, compared exactly. */
export function subtypeIndexOf(db: Database): string | undefined {
  const columns = db.prepare<[], { index: string; at: number; column: string | null }>(
    `SELECT i.name AS "index", c.seqno AS "at", lower(c.name) AS "column"
     FROM pragma_index_list('kg_nodes') AS i, pragma_index_xinfo(i.name) AS c WHERE i.partial = 0 AND c.coll = 'BINARY'`,
  );
  const all = columns.all();
  const has = (index: string, at: number, name: string) =>
    all.some((column) => column.index === index && column.at === at && column.column === name);
  return all.find(({ index }) => has(index, 0, 'node_type') && has(index, 1, 'subtype'))?.index;
}
