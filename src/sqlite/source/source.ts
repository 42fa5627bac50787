import type Database from 'better-sqlite3';
import { AuditError } from '../../model/errors.ts';
import type { Columns } from '../../model/extractor.ts';
import type { Landmark, Landmarks } from '../../model/landmark.ts';
import type { Patience } from '../../model/patience.ts';
import type { Redactor } from '../../model/redaction.ts';
import type {
  KeyColumns,
  Reading,
  RowIds,
  RowRange,
  RowTally,
  SortingReader,
  Source,
  TallyReader,
  WindowReader,
} from '../../model/source.ts';
import { connect } from '../connect.ts';
import { LOCK_WAIT_MS } from '../lock-wait.ts';
import { retryWhileLocked } from '../retry-while-locked.ts';
import { inspectTable, type TableShape } from '../table-shape.ts';
import { TransactionClock } from '../transaction-clock.ts';
import { type Place, translating } from '../translate-error.ts';
import type { Selection } from '../windows/window-query.ts';
import { LARGEST_WINDOW_ROWS, openWindowReader } from '../windows/window-reader.ts';
import { identityOf, requireIdentity } from './file-identity.ts';
import { findLandmarks, takeLandmarks } from './landmarks.ts';
import { readRowIds } from './row-ids.ts';
import { openRowTally } from './row-tally.ts';
import { type OpenedFile, openSortingReader } from './sorting-reader.ts';
import { readValues } from './values-of-column.ts';

/** How long one try to open a source waits for a lock, in milliseconds. */
const SHORT_WAIT_MS = 50;

/** How a source is opened. */
export interface Opening {
  /** What keeps secrets out of all that is read. */
  readonly redactor: Redactor;
  readonly windowRows?: number | undefined;
  readonly waitMs?: number | undefined;
  /** The file that it has to be, where it was open before. */
  readonly identity?: string | undefined;
}

/**
 * Opens sessions.db read-only; the path must name a file. Throws when it is no database. Windows span at most
 * `windowRows` row ids; within that they are sized by the time they take. Locks of others are waited for.
 */
export function openSource(
  path: string,
  { redactor, windowRows = LARGEST_WINDOW_ROWS, waitMs = 0, identity }: Opening,
  firstWaitMs = Math.max(waitMs, LOCK_WAIT_MS),
): Source {
  const place: Place = { role: 'source', path };
  const timeout = Math.max(waitMs, LOCK_WAIT_MS);
  const db = translating(place, () => connect(path, { readonly: true, fileMustExist: true, timeout: firstWaitMs }));
  try {
    if (identity !== undefined) requireIdentity(path, identity);
    return new SqliteSource(db, { place, identity: identity ?? identityOf(path), timeout }, redactor, windowRows);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The same; a lock that is on it at first is waited for without being deaf to signals, which SQLite's own wait is. */
export function openSourceWhenFree(path: string, opening: Opening, patience: Patience): Promise<Source> {
  return retryWhileLocked(patience, () => openSource(path, opening, SHORT_WAIT_MS));
}

class SqliteSource implements Source {
  readonly path: string;
  readonly identity: string;
  readonly redactor: Redactor;
  readonly #file: OpenedFile;
  readonly #db: Database.Database;
  readonly #place: Place;
  readonly #windowRows: number;
  readonly #clock = new TransactionClock();
  readonly #shapes = new Map<string, TableShape | undefined>();

  constructor(db: Database.Database, file: OpenedFile, redactor: Redactor, windowRows: number) {
    this.path = file.place.path;
    this.identity = file.identity;
    this.redactor = redactor;
    this.#db = db;
    this.#file = file;
    this.#place = file.place;
    this.#windowRows = windowRows;
    this.#checkReadable();
    // What is read in order is read once: a larger cache would only take memory.
    db.exec(`PRAGMA cache_size = -2000; PRAGMA busy_timeout = ${file.timeout}`);
  }

  get longestReadMs(): number {
    return this.#clock.longest;
  }

  hasTable(table: string): boolean {
    return this.#shape(table) !== undefined;
  }

  missingColumns(table: string, columns: Columns): readonly string[] {
    const shape = this.#shape(table);
    return Object.keys(columns).filter((name) => shape?.column(name) === undefined);
  }

  hasUniqueId(table: string): boolean {
    return this.#shape(table)?.idCollation !== undefined;
  }

  rowIds(table: string): RowIds | undefined {
    const shape = this.#shapeOf(table);
    return shape.idIsRowid ? this.#read(() => readRowIds(this.#db, shape.name)) : undefined;
  }

  takeLandmarks(table: string, columns: readonly string[], upTo: bigint): Landmarks {
    return this.#read(() =>
      takeLandmarks({ db: this.#db, table: this.#shapeOf(table), redactor: this.redactor }, columns, upTo),
    );
  }

  findLandmarks(table: string, landmarks: Landmarks): readonly Landmark[] {
    return this.#read(() =>
      findLandmarks({ db: this.#db, table: this.#shapeOf(table), redactor: this.redactor }, landmarks),
    );
  }

  valuesOf(table: string, column: string, range: RowRange): readonly string[] {
    const values = translating(this.#place, () =>
      readValues(this.#db, this.#shapeOf(table), column, range, this.#clock),
    );
    return values.map((value) => this.redactor.clean(value));
  }

  openReader(reading: Reading): WindowReader {
    return this.#openReader(reading, false);
  }

  openSortingReader(reading: Reading, key: KeyColumns): SortingReader | undefined {
    const table = this.#shapeOf(reading.table);
    if (!table.idIsRowid || table.order.by !== 'rowid') return undefined;
    const selection = this.#selectionOf(reading, false);
    const tableReading = { selection, range: reading.range, windowRows: this.#windowRows, redactor: this.redactor };
    return openSortingReader(this.#file, tableReading, key, this.#clock);
  }

  openPackedReader(reading: Reading): WindowReader {
    return this.#openReader(reading, true);
  }

  openTally(tally: RowTally): TallyReader {
    const reading = { tally, table: this.#shapeOf(tally.table), redactor: this.redactor, windowRows: this.#windowRows };
    return openRowTally(this.#db, this.#place, reading, this.#clock);
  }

  noteRead(milliseconds: number): void {
    this.#clock.note(milliseconds);
  }

  close(): void {
    this.#db.close();
  }

  #openReader(reading: Reading, isPacked: boolean): WindowReader {
    const selection = this.#selectionOf(reading, isPacked);
    const tableReading = {
      selection,
      range: reading.range,
      windowRows: this.#windowRows,
      redactor: this.redactor,
    };
    return openWindowReader(this.#db, this.#place, tableReading, this.#clock);
  }

  #selectionOf({ table, columns, condition, lookup }: Reading, isPacked: boolean): Selection {
    const found = lookup && { ...lookup, found: this.#shape(lookup.table) };
    return { table: this.#shapeOf(table), columns, condition, isPacked, lookup: found };
  }

  /** SQLite opens anything; only the first read tells whether it is a database, and whether its schema can be read. */
  #checkReadable(): void {
    try {
      this.#read(() => this.#db.prepare('SELECT count(*) FROM sqlite_schema').get());
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== 'source-corrupt') throw error;
      throw new AuditError('source-not-a-database', `${error.message} and cannot be read`, error.hint, error);
    }
  }

  #read<Result>(action: () => Result): Result {
    return translating(this.#place, () => this.#clock.time(action));
  }

  #shapeOf(table: string): TableShape {
    const shape = this.#shape(table);
    if (shape === undefined) throw new Error(`no table ${table}: ask hasTable first`);
    return shape;
  }

  #shape(table: string): TableShape | undefined {
    if (!this.#shapes.has(table))
      this.#shapes.set(
        table,
        this.#read(() => inspectTable(this.#db, table)),
      );
    return this.#shapes.get(table);
  }
}
