import { type Database, SqliteError, type Statement } from 'better-sqlite3';
import { AuditError } from '../model/errors.ts';
import type { Columns, Condition, RowOf } from '../model/extractor.ts';
import type { WindowReader } from '../model/source.ts';
import { keep } from './connect.ts';
import { type KeyValue, openPager, type Pager, type Position } from './pager.ts';
import type { TableShape } from './table-shape.ts';
import { type Place, translating } from './translate-error.ts';
import { positionExpressions, positionName, WANTED, windowQuery } from './window-query.ts';

type Row = RowOf<Columns>;

const FIRST_WINDOW_ROWS = 20_000;
/** Row ids in one window, at the most, whatever time it would take. */
export const LARGEST_WINDOW_ROWS = 1_000_000;
/** A window is sized to last about this long, and left early after twice as much. */
const WINDOW_MS = 400;
const ROWS_BETWEEN_CLOCK_READINGS = 32;

/** What is read of a table, and in windows of how many row ids at the most. */
interface Reading {
  readonly table: TableShape;
  readonly columns: Columns;
  readonly condition: Condition;
  readonly windowRows: number;
}

/** Opens the reader of one extractor's rows. */
export function openWindowReader(db: Database, place: Place, reading: Reading): WindowReader {
  return translating(place, () => new SqliteWindowReader(db, place, reading));
}

class SqliteWindowReader implements WindowReader {
  readonly #place: Place;
  readonly #statement: Statement<KeyValue[], Row>;
  readonly #pager: Pager;
  readonly #positions: readonly string[];
  readonly #parameters: readonly string[];
  readonly #largest: number;
  #size: number;

  constructor(db: Database, place: Place, { table, columns, condition, windowRows }: Reading) {
    this.#place = place;
    this.#statement = prepareReading(db, windowQuery(table, columns, condition)).safeIntegers();
    this.#pager = openPager(db, table);
    this.#positions = positionExpressions(table).map((_, part) => positionName(part));
    this.#parameters = condition.parameters;
    this.#largest = windowRows;
    this.#size = Math.min(FIRST_WINDOW_ROWS, windowRows);
  }

  get progress(): number {
    return this.#pager.progress;
  }

  readWindow(visit: (rows: Iterable<Row>) => void): boolean {
    return translating(this.#place, () => {
      const bounds = this.#pager.next(this.#size);
      if (bounds === undefined) return false;
      const window = new Window(keep(this.#statement.iterate(...this.#parameters, ...bounds)), this.#positions);
      try {
        visit(window);
      } finally {
        window.close();
      }
      this.#pager.advance(window.stoppedAt);
      this.#size = Math.min(this.#largest, nextSize(this.#size, window.elapsed()));
      return true;
    });
  }
}

/** The columns are there, so what SQLite does not understand is the extractor's condition. */
function prepareReading(db: Database, sql: string): Statement<KeyValue[], Row> {
  try {
    return db.prepare<KeyValue[], Row>(sql);
  } catch (error) {
    if (!(error instanceof SqliteError) || error.code !== 'SQLITE_ERROR') throw error;
    const why = /^near "/.test(error.message) ? 'it is not valid SQL' : error.message;
    const hint = 'mend the extractor; its condition may name its own columns alone';
    throw new AuditError('extractor-failed', `the condition of the extractor cannot be used: ${why}`, hint, error);
  }
}

/** The rows of one window. Reading stops early, at a position to go on from, when it has lasted too long. */
class Window implements Iterable<Row> {
  stoppedAt: Position | undefined;
  readonly #rows: IterableIterator<Row>;
  readonly #positions: readonly string[];
  readonly #started = performance.now();

  constructor(rows: IterableIterator<Row>, positions: readonly string[]) {
    this.#rows = rows;
    this.#positions = positions;
  }

  elapsed(): number {
    return performance.now() - this.#started;
  }

  /** Ends the read, also where the visitor left before its end. */
  close(): void {
    this.#rows.return?.();
  }

  *[Symbol.iterator](): Generator<Row> {
    let count = 0;
    for (const row of this.#rows) {
      const isWanted = row[WANTED] === 1n;
      if (isWanted) yield row;
      if ((isWanted && ++count % ROWS_BETWEEN_CLOCK_READINGS !== 0) || this.#positions.length === 0) continue;
      if (this.elapsed() < 2 * WINDOW_MS) continue;
      this.stoppedAt = this.#positions.map((name) => row[name] ?? null);
      return;
    }
  }
}

function nextSize(size: number, elapsed: number): number {
  const factor = Math.min(4, Math.max(0.25, WINDOW_MS / Math.max(1, elapsed)));
  return Math.max(64, Math.floor(size * factor));
}
