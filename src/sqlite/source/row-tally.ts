import type { Database } from 'better-sqlite3';
import type { Redactor } from '../../model/redaction.ts';
import type { RowTally, TallyReader, TextCount } from '../../model/source.ts';
import { quoteName } from '../quote.ts';
import type { TableShape } from '../table-shape.ts';
import type { TransactionClock } from '../transaction-clock.ts';
import { type Place, translating } from '../translate-error.ts';
import { type KeyValue, openPager } from '../windows/pager.ts';
import { rangeOf } from '../windows/window-query.ts';
import { FIRST_WINDOW_ROWS, nextSize } from '../windows/window-reader.ts';

/** What is counted, and in windows of how many row ids at the most. */
export interface TallyReading {
  readonly tally: RowTally;
  readonly table: TableShape;
  readonly windowRows: number;
  readonly redactor: Redactor;
}

interface Row {
  readonly text: string | null;
  readonly rows: number;
  readonly marked: number;
}

/** Opens it. SQL counts, as millions of rows would take far longer one by one; texts come without their secrets. */
export function openRowTally(db: Database, place: Place, reading: TallyReading, clock: TransactionClock): TallyReader {
  return translating(place, () => {
    const { tally, table, redactor, windowRows } = reading;
    const { oneOf } = tally.marked;
    const count = db.prepare<KeyValue[], Row>(tallyQuery(tally, table)).safeIntegers(table.order.by === 'primary-key');
    const pager = openPager(db, table);
    let size = Math.min(FIRST_WINDOW_ROWS, windowRows);
    return {
      next: () =>
        translating(place, () => {
          const bounds = pager.next(size);
          if (bounds === undefined) return undefined;
          const started = performance.now();
          const rows = clock.time(() => count.all(...oneOf, ...bounds));
          size = nextSize(size, performance.now() - started, windowRows);
          pager.advance(undefined);
          return rows.map((row) => countOf(row, redactor));
        }),
    };
  });
}

/** Values are compared as SPEC section 1 says: as texts, byte by byte. */
function tallyQuery({ column, marked }: RowTally, table: TableShape): string {
  const text = (name: string) => `CAST(${quoteName(table.column(name)?.name ?? name)} AS TEXT) COLLATE BINARY`;
  const isMarked = `${text(marked.column)} IN (${marked.oneOf.map(() => '?').join(', ')})`;
  return `SELECT text, count(*) AS rows, total(is_marked) AS marked FROM
    (SELECT nullif(${text(column)}, '') AS text, ${isMarked} AS is_marked FROM ${quoteName(table.name)} ${rangeOf(table, 'TRUE')})
    GROUP BY text COLLATE BINARY`;
}

function countOf({ text, rows, marked }: Row, redactor: Redactor): TextCount {
  return { text: text === null ? null : redactor.clean(text), rows: Number(rows), marked: Number(marked) };
}
