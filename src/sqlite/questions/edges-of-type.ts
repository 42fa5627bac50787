import { idsOfType } from '../../model/edge.ts';
import type { EdgePage, EdgePlace } from '../../model/edge-list.ts';
import { type EdgeOrderField, edgePageOf } from '../../model/edge-list-order.ts';
import type { KeptEdge } from '../../model/graph-store.ts';
import { compareUtf8 } from '../../model/text.ts';
import type { Read } from '../translate-error.ts';
import { columnName, type EdgeCondition, type EdgeShop, equals, selectEdges } from './select-edges.ts';

/** Ids that are looked at in one read. */
const AT_ONCE = 10_000;

const BY_ID: readonly EdgeOrderField[] = ['id'];

/** Which edges of a type are wanted. */
interface OfType {
  readonly type: string;
  readonly limit: number;
  readonly after: EdgePlace | undefined;
}

/**
 * Edges of a type: first those whose ids begin with it, as ours do, then those of others, for which all ids are looked at.
 * Each step is one short read.
 */
export function* listOfType(
  shop: EdgeShop,
  read: Read,
  { type, limit, after: [after] = [] }: OfType,
): Generator<void, EdgePage> {
  const { table } = shop;
  const id = columnName(table, 'id');
  const [low, before] = idsOfType(type);
  const isOurs = (place: string) => compareUtf8(place, low) >= 0 && compareUtf8(place, before) < 0;
  const ofType = equals(table, 'edge_type', type);
  const select = (conditions: readonly EdgeCondition[], room: number) =>
    read(() => selectEdges(shop, { conditions: [ofType, ...conditions], order: BY_ID, limit: room }));
  const found: KeptEdge[] = [];
  const isAmongOurs = after === undefined || isOurs(after);
  if (isAmongOurs)
    found.push(
      ...select(
        [
          [`${id} > ?`, after ?? low],
          [`${id} < ?`, before],
        ],
        limit + 1,
      ),
    );
  let at = isAmongOurs ? undefined : after;
  while (found.length <= limit) {
    yield;
    const start = at;
    const end = read(() => endOfRead(shop, start ?? ''));
    const range: readonly EdgeCondition[] = [
      ...(start === undefined ? [] : [[`${id} > ?`, start] as const]),
      ...(end === undefined ? [] : [[`${id} <= ?`, end] as const]),
      [`NOT (${id} >= ? AND ${id} < ?)`, low, before],
    ];
    found.push(...select(range, limit + 1 - found.length));
    if (end === undefined) break;
    at = isOurs(end) ? before : end;
  }
  return edgePageOf(found, limit, BY_ID);
}

/** The last id of a read that begins after one; undefined where the table ends before. */
function endOfRead({ db, table }: EdgeShop, after: string): string | undefined {
  const id = columnName(table, 'id');
  const sql = `SELECT CAST(${id} AS TEXT) FROM kg_edges WHERE ${id} > ? ORDER BY ${id} LIMIT 1 OFFSET ${AT_ONCE - 1}`;
  return db.prepare<[string], string>(sql).pluck().get(after);
}
