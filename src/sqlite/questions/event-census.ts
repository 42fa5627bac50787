import type { Database } from 'better-sqlite3';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { EventCensus } from '../../model/statistics.ts';
import { quoteName } from '../quote.ts';
import { subtypeIndexOf } from '../search/indexed-scan.ts';
import { columnOf, isLiving } from '../search/scanned-nodes.ts';
import type { TableShape } from '../table-shape.ts';

/** No index tells which nodes are deleted, so these are looked for among so many at the most. */
const FEW_NODES = 200_000;

interface Deleted {
  readonly recorded: number;
  readonly others: number;
}

/** Prepares comparing the events of a `kg_nodes` with those that are recorded, as far as that takes no long look. */
export function prepareEventCensus(db: Database, table: TableShape): () => EventCensus {
  const index = subtypeIndexOf(db);
  const isEvent = `${columnOf(table, 'node_type')} COLLATE BINARY = '${AUDIT_EVENT}'`;
  const from = `FROM kg_nodes ${index === undefined ? '' : `INDEXED BY ${quoteName(index)}`}`;
  const count = (sql: string) => db.prepare<[], number>(sql).pluck();
  const events = count(`SELECT count(*) ${from} WHERE ${isEvent}`);
  const looked = index === undefined ? count('SELECT count(*) FROM kg_nodes') : events;
  const recorded = count('SELECT total(events) FROM audit_days');
  // An entry has an id of its own.
  const isRecorded = `EXISTS (SELECT 1 FROM audit_entries
    WHERE key = substr(CAST(kg_nodes.${columnOf(table, 'id')} AS TEXT), ${AUDIT_EVENT.length + 2}))`;
  const deleted = db.prepare<[], Deleted>(
    `SELECT total(${isRecorded}) AS recorded, total(NOT ${isRecorded}) AS others ${from}
     WHERE ${isEvent} AND NOT (${isLiving(table)})`,
  );
  return () => {
    const isFew = (looked.get() ?? 0) <= FEW_NODES;
    if (!isFew && index === undefined) return { unrecorded: 0, lost: 0, deleted: 0 };
    const { recorded: ours, others } = (isFew ? deleted.get() : undefined) ?? { recorded: 0, others: 0 };
    const more = (events.get() ?? 0) - (recorded.get() ?? 0);
    return { unrecorded: Math.max(0, more - others), lost: Math.max(0, -more), deleted: ours };
  };
}
