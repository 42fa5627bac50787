import { type Database, SqliteError, type Statement } from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import type { Columns, Condition, RowOf } from '../../model/extractor.ts';
import type { Redactor } from '../../model/redaction.ts';
import type { RowRange, WindowReader } from '../../model/source.ts';
import { keep } from '../connect.ts';
import type { TransactionClock } from '../transaction-clock.ts';
import { type Place, translating } from '../translate-error.ts';
import { CellsDecoder } from './cells-decoder.ts';
import { PackedDecoder } from './packed-decoder.ts';
import { type KeyValue, openPager, type Pager } from './pager.ts';
import { withLookup } from './table-lookup.ts';
import { type RawRow, type RowDecoder, Window } from './window.ts';
import { bindingsOf, positionExpressions, type Selection, windowQuery } from './window-query.ts';

/** Small, as nothing is known yet of how long a row takes: a condition may be slow, and a disk cold. */
export const FIRST_WINDOW_ROWS = 1_000;
/** Row ids in one window, at the most: where no row is wanted nobody looks at the clock, and rows may suddenly be large. */
export const LARGEST_WINDOW_ROWS = 100_000;
/** A window is sized to last about this long. */
const WINDOW_MS = 250;

/** What is read of a table, and in windows of how many row ids at the most. */
export interface TableReading {
  readonly selection: Selection;
  readonly range?: RowRange | undefined;
  readonly windowRows: number;
  readonly redactor: Redactor;
}

/** Opens the reader of one extractor's rows. */
export function openWindowReader(
  db: Database,
  place: Place,
  reading: TableReading,
  clock: TransactionClock,
): WindowReader {
  return translating(place, () => new SqliteWindowReader(db, place, reading, clock));
}

class SqliteWindowReader implements WindowReader {
  readonly #place: Place;
  readonly #statement: Statement<KeyValue[], RawRow>;
  readonly #pager: Pager;
  readonly #positionParts: number;
  readonly #newDecoder: () => RowDecoder<RowOf<Columns>>;
  readonly #condition: Condition;
  readonly #largest: number;
  readonly #clock: TransactionClock;
  #size: number;

  constructor(db: Database, place: Place, reading: TableReading, clock: TransactionClock) {
    const { selection, range, windowRows, redactor } = reading;
    this.#place = place;
    // A row id comes encoded; the parts of another key come as they are, and go back into a query.
    this.#statement = prepareReading(db, windowQuery(selection))
      .raw()
      .safeIntegers(selection.table.order.by === 'primary-key');
    this.#pager = openPager(db, selection.table, range);
    const positionParts = positionExpressions(selection.table).length;
    this.#positionParts = positionParts;
    this.#newDecoder = () =>
      selection.isPacked
        ? new PackedDecoder(positionParts, redactor)
        : new CellsDecoder(withLookup(selection.columns, selection.lookup), positionParts, redactor);
    this.#condition = selection.condition;
    this.#largest = windowRows;
    this.#clock = clock;
    this.#size = Math.min(FIRST_WINDOW_ROWS, windowRows);
  }

  get progress(): number {
    return this.#pager.progress;
  }

  get position(): bigint | undefined {
    return this.#pager.position;
  }

  readWindow(visit: (rows: Iterable<RowOf<Columns>>) => void): boolean {
    return translating(this.#place, () => {
      const bounds = this.#pager.next(this.#size);
      if (bounds === undefined) return false;
      const rows = keep(this.#statement.iterate(...bindingsOf(this.#condition, bounds)));
      const window = new Window(rows, this.#positionParts, this.#newDecoder());
      try {
        visit(window);
      } finally {
        window.close();
        this.#clock.note(window.elapsed());
      }
      this.#pager.advance(window.stoppedAt);
      if (window.stoppedAt === undefined) this.#size = nextSize(this.#size, window.elapsed(), this.#largest);
      return true;
    });
  }
}

/** The columns are there, so what SQLite does not understand is the extractor's condition. */
export function prepareReading(db: Database, sql: string): Statement<KeyValue[], RawRow> {
  try {
    return db.prepare<KeyValue[], RawRow>(sql);
  } catch (error) {
    if (!(error instanceof SqliteError) || error.code !== 'SQLITE_ERROR') throw error;
    const why = /^near "/.test(error.message) ? 'it is not valid SQL' : error.message;
    const hint = 'mend the extractor; its condition may name its own columns alone';
    throw new AuditError('extractor-failed', `the condition of the extractor cannot be used: ${why}`, hint, error);
  }
}

/** The size of the next window, given how long one has taken, in milliseconds. */
export function nextSize(size: number, elapsed: number, largest: number): number {
  const factor = Math.min(4, Math.max(0.25, WINDOW_MS / Math.max(1, elapsed)));
  return Math.min(largest, Math.max(64, Math.floor(size * factor)));
}
