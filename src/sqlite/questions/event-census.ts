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

/** What is asked, of a `kg_nodes` with an index by type or without. Apart from the census, so that the plans can be looked at. */
export function censusQueries(table: TableShape, index: string | undefined) {
  const isEvent = `${columnOf(table, 'node_type')} COLLATE BINARY = '${AUDIT_EVENT}'`;
  const from = `FROM kg_nodes ${index === undefined ? '' : `INDEXED BY ${quoteName(index)}`}`;
  // An entry has an id of its own.
  const isRecorded = `EXISTS (SELECT 1 FROM audit_entries
    WHERE key = substr(CAST(kg_nodes.${columnOf(table, 'id')} AS TEXT), ${AUDIT_EVENT.length + 2}))`;
  return {
    events: `SELECT count(*) ${from} WHERE ${isEvent}`,
    nodes: 'SELECT count(*) FROM kg_nodes',
    recorded: 'SELECT total(events) FROM audit_days',
    deleted: `SELECT total(${isRecorded}) AS recorded, total(NOT ${isRecorded}) AS others ${from}
      WHERE ${isEvent} AND NOT (${isLiving(table)})`,
  };
}

/** Prepares comparing the events of a `kg_nodes` with those that are recorded, as far as that takes no long look. */
export function prepareEventCensus(db: Database, table: TableShape): () => EventCensus {
  const index = subtypeIndexOf(db);
  const queries = censusQueries(table, index);
  const count = (sql: string) => db.prepare<[], number>(sql).pluck();
  const [events, recorded] = [count(queries.events), count(queries.recorded)];
  const looked = index === undefined ? count(queries.nodes) : events;
  const deleted = db.prepare<[], Deleted>(queries.deleted);
  return () => {
    const isFew = (looked.get() ?? 0) <= FEW_NODES;
    if (!isFew && index === undefined) return { unrecorded: 0, lost: 0, deleted: 0 };
    const { recorded: ours, others } = (isFew ? deleted.get() : undefined) ?? { recorded: 0, others: 0 };
    const more = (events.get() ?? 0) - (recorded.get() ?? 0);
    return { unrecorded: Math.max(0, more - others), lost: Math.max(0, -more), deleted: ours };
  };
}
