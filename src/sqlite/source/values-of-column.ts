import type { Database } from 'better-sqlite3';
import type { RowRange } from '../../model/source.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';
import type { TransactionClock } from '../transaction-clock.ts';
import { RowidPager } from '../windows/rowid-pager.ts';

/** Row ids read in one go. */
const WINDOW = 50_000;
/** So many values are enough to tell of. */
const MOST = 20;

/** Some of the texts that a column has in a range of row ids; each part of the range is a read of its own. */
export function readValues(
  db: Database,
  table: TableShape,
  column: string,
  range: RowRange,
  clock: TransactionClock,
): readonly string[] {
  const text = `CAST(${quoteName(column)} AS TEXT)`;
  const select = db
    .prepare<[readonly bigint[]], string>(
      `SELECT DISTINCT ${text} FROM ${quoteName(table.name)} WHERE id BETWEEN ? AND ? AND ${text} <> '' LIMIT ${MOST}`,
    )
    .pluck();
  const pager = new RowidPager(db, table.name, 'id', range);
  const found = new Set<string>();
  for (let bounds = pager.next(WINDOW); bounds !== undefined && found.size < MOST; bounds = pager.next(WINDOW)) {
    const part = bounds;
    for (const value of clock.time(() => select.all(part))) found.add(value);
    pager.advance(undefined);
  }
  return [...found];
}
