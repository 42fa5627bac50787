import type { Database } from 'better-sqlite3';
import { AUDIT_EVENT } from '../../model/node.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';
import { prepareHiddenNodes } from './hidden-nodes.ts';
import { columnOf } from './scanned-nodes.ts';

/** How many events a graph has, and how many of ours are recorded. */
export interface EventTotals {
  recorded(): number;
  /** Those that are recorded, and not among `recorded`, as they are deleted. */
  hidden(): number;
  /** Reads the leaves of an index, which takes some 50 ms with half a million events. */
  stored(): number;
  /** Whether all events are recorded, as far as counts tell. Told at once where no node was ever removed. */
  isAllRecorded(): boolean;
}

/** Prepares them for a `kg_nodes`, best with an index that begins with the type. Our tables must be there. */
export function prepareEventTotals(db: Database, table: TableShape, index: string | undefined): EventTotals {
  const value = (sql: string) => db.prepare<[], number | null>(sql).pluck();
  const nodeType = `${columnOf(table, 'node_type')} COLLATE BINARY`;
  const by = index === undefined ? '' : `INDEXED BY ${quoteName(index)}`;
  const ofType = (operator: string) =>
    `SELECT count(*) FROM kg_nodes ${by} WHERE ${nodeType} ${operator} '${AUDIT_EVENT}'`;
  const recorded = value('SELECT total(events) FROM audit_days');
  const stored = value(ofType('='));
  const others = value(`SELECT (${ofType('<')}) + (${ofType('>')})`);
  const rows = rowsSql(table);
  const places = rows === undefined ? undefined : value(rows);
  const hidden = prepareHiddenNodes(db, table);
  const totals = { recorded: () => recorded.get() ?? 0, stored: () => stored.get() ?? 0, hidden };
  /** No more events than these can there be: a row has a number of its own. */
  const most = () => (places === undefined ? Number.POSITIVE_INFINITY : (places.get() ?? 0) - (others.get() ?? 0));
  return {
    ...totals,
    isAllRecorded: () => {
      if (most() <= totals.recorded()) return true;
      const missing = totals.stored() - totals.recorded();
      return missing === 0 || (missing > 0 && missing === hidden());
    },
  };
}

/** How many numbers there are from the first row to the last; undefined where rows have none. */
function rowsSql({ order }: TableShape): string | undefined {
  if (order.by !== 'rowid') return undefined;
  return `SELECT (SELECT max(${order.alias}) FROM kg_nodes) - (SELECT min(${order.alias}) FROM kg_nodes) + 1`;
}
