import type { Database } from 'better-sqlite3';
import type { Columns } from '../../model/extractor.ts';
import { notRedacting } from '../../model/redaction.ts';
import { prepareTombstones } from '../soft-deleted.ts';
import type { TableShape } from '../table-shape.ts';
import { TransactionClock } from '../transaction-clock.ts';
import type { Place } from '../translate-error.ts';
import { LARGEST_WINDOW_ROWS, openWindowReader } from '../windows/window-reader.ts';
import type { NodeScan, TypeFilter } from './scanned-nodes.ts';

const COLUMNS = {
  id: 'text',
  node_type: 'text',
  subtype: 'text',
  name: 'text',
  properties: 'text',
  deleted_at: 'text',
} as const satisfies Columns;

type ColumnName = keyof typeof COLUMNS;

/** A scan of a whole `kg_nodes`, whatever table or view it is. */
export function prepareWholeScan(db: Database, place: Place, table: TableShape): NodeScan {
  const isGone = prepareTombstones(db);
  const has = (name: ColumnName) => table.column(name) !== undefined;
  const columns = Object.fromEntries(Object.entries(COLUMNS).filter(([name]) => table.column(name) !== undefined));
  return function* (filter, visit) {
    const condition = conditionOf(filter, has);
    if (condition === undefined) return;
    const selection = { table, columns, condition, isPacked: false };
    const reading = { selection, windowRows: LARGEST_WINDOW_ROWS, redactor: notRedacting };
    const reader = openWindowReader(db, place, reading, new TransactionClock());
    const more = () =>
      reader.readWindow((rows) => {
        for (const row of rows) {
          const id = textOr(row['id']);
          if (id === null || filter.includeDeleted === true || !isGone(id))
            visit({ id, name: textOr(row['name']), properties: textOr(row['properties']) });
        }
      });
    while (more()) yield;
  };
}

/** Undefined where no node can be of a subtype. */
function conditionOf({ nodeType, subtype, includeDeleted = false }: TypeFilter, has: (name: ColumnName) => boolean) {
  if (subtype !== undefined && !has('subtype')) return undefined;
  const tests = ['node_type = ?', "typeof(id) = 'text'"];
  if (subtype !== undefined) tests.push('subtype = ?');
  if (has('deleted_at') && !includeDeleted) tests.push("coalesce(deleted_at, '') = ''");
  return { sql: tests.join(' AND '), parameters: subtype === undefined ? [nodeType] : [nodeType, subtype] };
}

function textOr(cell: unknown): string | null {
  return typeof cell === 'string' ? cell : null;
}
