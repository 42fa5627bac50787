import type { Database } from 'better-sqlite3';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { EventCensus } from '../../model/statistics.ts';
import { quoteName } from '../quote.ts';
import { prepareEventTotals } from '../search/event-totals.ts';
import { subtypeIndexOf } from '../search/indexed-scan.ts';
import { columnOf, isLiving } from '../search/scanned-nodes.ts';
import type { TableShape } from '../table-shape.ts';

/** No index tells which nodes are deleted, so these are looked for among so many at the most. */
const FEW_NODES = 200_000;

interface Deleted {
  /** Recorded ones that are counted all the same, as others deleted them. */
  readonly counted: number;
  readonly others: number;
}

/** Which recorded and other events are deleted, of a `kg_nodes` with an index by type or without. */
export function deletedEventsSql(db: Database, table: TableShape, index: string | undefined): string {
  const isEvent = `${columnOf(table, 'node_type')} COLLATE BINARY = '${AUDIT_EVENT}'`;
  // An entry has an id of its own.
  const isRecorded = (how: string) => `EXISTS (SELECT 1 FROM audit_entries
    WHERE key = substr(CAST(kg_nodes.${columnOf(table, 'id')} AS TEXT), ${AUDIT_EVENT.length + 2})${how})`;
  return `SELECT total(${isRecorded(' AND hidden = 0')}) AS counted, total(NOT ${isRecorded('')}) AS others
    FROM kg_nodes ${index === undefined ? '' : `INDEXED BY ${quoteName(index)}`}
    WHERE ${isEvent} AND NOT (${isLiving(db, table)})`;
}

/**
 * Prepares comparing the events of a `kg_nodes` with those that are recorded, as far as that takes no long look: of many,
 * whether there are others, and no more where it seems that there are none.
 */
export function prepareEventCensus(db: Database, table: TableShape): () => EventCensus {
  const index = subtypeIndexOf(db);
  const totals = prepareEventTotals(db, table, index);
  const nodes = db.prepare<[], number>('SELECT count(*) FROM kg_nodes').pluck();
  const deleted = db.prepare<[], Deleted>(deletedEventsSql(db, table, index));
  const nothing = { unrecorded: 0, lost: 0, deleted: 0 };
  return () => {
    const isFew = (index === undefined ? (nodes.get() ?? 0) : totals.recorded()) <= FEW_NODES;
    if (!isFew && (index === undefined || totals.isAllRecorded())) return nothing;
    const more = totals.stored() - totals.recorded() - totals.hidden();
    const { counted, others } = (isFew ? deleted.get() : undefined) ?? { counted: 0, others: 0 };
    return { unrecorded: Math.max(0, more - others), lost: Math.max(0, -more), deleted: counted };
  };
}
