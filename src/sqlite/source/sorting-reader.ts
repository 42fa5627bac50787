import { type Database, SqliteError, type Statement } from 'better-sqlite3';
import type { Columns, Condition } from '../../model/extractor.ts';
import type { Redactor } from '../../model/redaction.ts';
import type { KeyColumns, SortingReader, WindowReader } from '../../model/source.ts';
import { connect, keep } from '../connect.ts';
import type { TransactionClock } from '../transaction-clock.ts';
import { type Place, translating } from '../translate-error.ts';
import { decodeRowid } from '../windows/cell.ts';
import { type KeyValue, openPager, type Pager } from '../windows/pager.ts';
import { withLookup } from '../windows/table-lookup.ts';
import { type RawRow, Window } from '../windows/window.ts';
import { bindingsOf, cellName, positionName, windowQuery } from '../windows/window-query.ts';
import { FIRST_WINDOW_ROWS, nextSize, prepareReading, type TableReading } from '../windows/window-reader.ts';
import { requireIdentity } from './file-identity.ts';
import { EncodedDecoder, keyReader } from './odd-rows.ts';
import { isPlainRow, plainKey } from './plain-key.ts';
import { SortedWindows, sortedRowJson } from './sorted-windows.ts';
import { STAGING } from './staging.ts';

/** For each of the source and the sorter; more saves no time. */
const CACHE_KIB = 2000;
/** Rows copied in one read: where large columns stand before those that are read, each may take a millisecond. */
const COPIED_AT_ONCE = 1000;

/** A file that was opened before, and has to be the same still. */
export interface OpenedFile {
  readonly place: Place;
  readonly identity: string;
  /** How long its locks are waited for, in milliseconds. */
  readonly timeout: number;
}

/**
 * Opens a reader that sorts the rows of a table by key, in a temporary table of a connection of its own: SQLite copies
 * and sorts them there, so that no row crosses into JavaScript before it is its turn. Undefined where the texts of the
 * source are UTF-16, as they would be in another order.
 */
export function openSortingReader(
  { place, identity, timeout }: OpenedFile,
  reading: TableReading,
  key: KeyColumns,
  clock: TransactionClock,
): SortingReader | undefined {
  requireIdentity(place.path, identity);
  return translating(place, () => {
    const db = connect(place.path, { readonly: true, fileMustExist: true, timeout });
    try {
      requireIdentity(place.path, identity);
      if (db.prepare<[], string>('PRAGMA encoding').pluck().get() === 'UTF-8') {
        return new SqliteSortingReader(db, place, reading, key, clock);
      }
    } catch (error) {
      db.close();
      throw error;
    }
    db.close();
    return undefined;
  });
}

class SqliteSortingReader implements SortingReader {
  readonly #db: Database;
  readonly #place: Place;
  readonly #clock: TransactionClock;
  readonly #columns: Columns;
  readonly #redactor: Redactor;
  readonly #keyOf: (cells: RawRow) => string;
  readonly #condition: Condition;
  readonly #pager: Pager;
  readonly #largest: number;
  readonly #copy: Statement<KeyValue[]>;
  readonly #lastCopied: Statement<[], KeyValue>;
  readonly #odd: Statement<KeyValue[], RawRow>;
  readonly #insert: Statement<KeyValue[]>;
  readonly #sorted: Statement<[], string>;
  #size: number;
  /** The last row of the window. */
  #last: KeyValue = null;
  /** Where what is left begins of a window of many odd rows. */
  #rest: bigint | undefined;
  #firstOdd: bigint | undefined;
  /** What is kept, on its way back. */
  #given: IterableIterator<string> | undefined;

  constructor(db: Database, place: Place, reading: TableReading, key: KeyColumns, clock: TransactionClock) {
    const { selection, range, windowRows, redactor } = reading;
    const columns = withLookup(selection.columns, selection.lookup);
    const names = Object.keys(columns);
    const cells = names.map((_, at) => cellName(at));
    const keyCells = key.columns.map((column) => cellName(names.indexOf(column)));
    const window = windowQuery(selection);
    const texts = cells.filter((cell, at) => columns[names[at] ?? ''] !== 'number' && !keyCells.includes(cell));
    const isPlain = `plain_row(${[positionName(0), ...keyCells, ...texts].join(', ')})`;
    this.#db = db;
    this.#place = place;
    this.#clock = clock;
    this.#columns = columns;
    this.#redactor = redactor;
    this.#keyOf = keyReader(key, names);
    this.#condition = selection.condition;
    this.#pager = openPager(db, selection.table, range);
    this.#largest = windowRows;
    this.#size = Math.min(FIRST_WINDOW_ROWS, windowRows);
    // What is lost with its connection needs no journal, and what is read in order no cache.
    db.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp.cache_size = -${CACHE_KIB};
      PRAGMA temp.page_size = 16384; PRAGMA temp.journal_mode = OFF;
      CREATE TEMP TABLE kept(key TEXT NOT NULL, position, ${cells.join(', ')})`);
    // Others are read again, which costs nothing where there are none.
    db.function('plain_row', { directOnly: true, varargs: true }, (id, ...row) => {
      if (isPlainRow(row, keyCells.length, redactor)) return 1;
      this.#firstOdd ??= decodeRowid(id);
      return 0;
    });
    this.#odd = prepareReading(db, `SELECT * FROM (${window}) WHERE NOT ${isPlain}`).raw();
    this.#copy = db.prepare(`INSERT INTO temp.kept
      SELECT ${[plainKey(key.prefix, keyCells), positionName(0), ...cells].join(', ')} FROM (${window})
      WHERE ${isPlain} LIMIT ${COPIED_AT_ONCE}`);
    this.#lastCopied = db
      .prepare<[], KeyValue>('SELECT position FROM temp.kept WHERE rowid = last_insert_rowid()')
      .pluck();
    this.#insert = db.prepare(`INSERT INTO temp.kept VALUES (?, ?, ${cells.map(() => '?').join(', ')})`);
    this.#sorted = db
      .prepare<[], string>(`SELECT ${sortedRowJson(columns)} FROM temp.kept ORDER BY key, rowid`)
      .pluck();
  }

  get progress(): number {
    return this.#pager.progress;
  }

  /** Undefined in the midst of a window. */
  get position(): bigint | undefined {
    return this.#rest === undefined ? this.#pager.position : undefined;
  }

  takeWindow(): number | undefined {
    return copying(this.#place, () => {
      this.#forgetSorted();
      const rest = this.#rest;
      const [first, last] = (rest === undefined && this.#pager.next(this.#size)) || [rest, this.#last];
      if (first === undefined || last === undefined) return undefined;
      const started = performance.now();
      // In one transaction, so that a row cannot be plain for the one statement and odd for the other.
      const rows = this.#db.transaction(() => (rest === undefined ? this.#take(first, last) : this.#takeOdd(rest)))();
      const elapsed = performance.now() - started;
      this.#clock.note(elapsed);
      if (this.#last === last) this.#size = nextSize(this.#size, elapsed, this.#largest);
      if (this.#rest === undefined) this.#pager.advance([this.#last]);
      return rows;
    });
  }

  openSorted(): WindowReader {
    this.#given = translating(STAGING, () => keep(this.#sorted.iterate()));
    return new SortedWindows(this.#given, this.#columns);
  }

  close(): void {
    this.#given?.return?.();
    this.#db.close();
  }

  #forgetSorted(): void {
    if (this.#given === undefined) return;
    this.#given.return?.();
    this.#given = undefined;
    translating(STAGING, () => this.#db.exec('DELETE FROM temp.kept'));
  }

  #take(first: KeyValue, last: KeyValue): number {
    this.#firstOdd = undefined;
    const { changes } = this.#copy.run(...bindingsOf(this.#condition, [first, last]));
    this.#last = changes < COPIED_AT_ONCE ? last : (this.#lastCopied.get() ?? last);
    return this.#firstOdd === undefined ? changes : changes + this.#takeOdd(this.#firstOdd);
  }

  /** Rows whose keys SQL cannot make, or that are large: no more of them at once than fit into memory. */
  #takeOdd(first: bigint): number {
    const found = keep(this.#odd.iterate(...bindingsOf(this.#condition, [first, decodeRowid(this.#last)])));
    const window = new Window(found, 1, new EncodedDecoder(this.#columns, this.#redactor));
    const rows = [...window];
    const stoppedAt = window.stoppedAt?.[0];
    this.#rest = stoppedAt === undefined ? undefined : decodeRowid(stoppedAt) + 1n;
    for (const [, ...cells] of rows) this.#insert.run(this.#keyOf(cells), null, ...cells);
    return rows.length;
  }
}

/** The source is open, and never written: what cannot be opened or written is what its rows are kept in. */
function copying<Result>(place: Place, action: () => Result): Result {
  const isOurs = (error: unknown) =>
    error instanceof SqliteError && /^SQLITE_(CANTOPEN|FULL|IOERR_(WRITE|GETTEMPPATH))/.test(error.code);
  try {
    return action();
  } catch (error) {
    return translating(isOurs(error) ? STAGING : place, () => {
      throw error;
    });
  }
}
