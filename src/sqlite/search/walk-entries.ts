import type { Database } from 'better-sqlite3';
import { keep } from '../connect.ts';
import type { Read } from '../translate-error.ts';
import { FACT_COLUMNS, type FactsRow } from './kept-facts.ts';
import { BY_KEY, BY_TIME, type Condition, type Parameter } from './narrowing.ts';

/** One read ends after so long. */
const MOST_MS = 250;

const ENOUGH = Symbol('enough');

/** An order in which entries can be read. */
interface Line<Place extends Parameter> {
  readonly column: 'last' | 'key';
  readonly from: string;
  readonly placeOf: (row: FactsRow) => Place;
  /** The first place after one. */
  readonly after: (place: Place) => Place;
}

/** By the last moment, a whole number. Entries without one are not on it. */
export const TIME_LINE: Line<number> = {
  column: 'last',
  from: BY_TIME,
  placeOf: ({ last }) => last ?? 0,
  after: (last) => last + 1,
};

/** By key. */
export const KEY_LINE: Line<string> = {
  column: 'key',
  from: BY_KEY,
  placeOf: ({ key }) => key,
  after: (key) => `${key}\0`,
};

/** The places from one on and before another one. */
export interface Stretch<Place> {
  readonly low: Place;
  readonly before: Place;
}

/** Which entries are to be read, and in which direction. */
export interface Walk<Place> {
  readonly stretch: Stretch<Place>;
  readonly isReversed: boolean;
  readonly condition: Condition;
  /** So many entries of the stretch are read, with others of the last place, whether they meet the condition or not. */
  readonly size: number;
}

/**
 * Reads entries along a line until `visit` has had enough. Each step is one short read, but for entries of one place.
 * Gives what is left of the stretch; undefined at its end, or when there was enough.
 */
export function* walkEntries<Place extends Parameter>(
  { db, read }: { readonly db: Database; readonly read: Read },
  line: Line<Place>,
  { stretch, isReversed, condition, size }: Walk<Place>,
  visit: (row: FactsRow) => boolean,
): Generator<void, Stretch<Place> | undefined> {
  const { low, before } = stretch;
  const sql = walkSql(line, isReversed);
  const last = read(() => db.prepare<Parameter[], Place>(sql.edge).pluck().get(low, before, size));
  const end = last === undefined ? (isReversed ? low : before) : isReversed ? last : line.after(last);
  const rows = db.prepare<Parameter[], FactsRow>(sql.rows(condition));
  for (let at: Place | undefined = isReversed ? before : low; at !== undefined; ) {
    const range: readonly [Place, Place] = isReversed ? [end, at] : [at, end];
    const outcome: Place | typeof ENOUGH | undefined = read(() =>
      step(line, isReversed, rows.iterate(...range, ...condition.parameters), visit),
    );
    if (outcome === ENOUGH) return undefined;
    at = outcome;
    yield;
  }
  if (last === undefined) return undefined;
  return isReversed ? { low, before: end } : { low: end, before };
}

/** Visits rows; gives the place to go on from, or undefined at the end. */
function step<Place extends Parameter>(
  { placeOf, after }: Line<Place>,
  isReversed: boolean,
  rows: IterableIterator<FactsRow>,
  visit: (row: FactsRow) => boolean,
): Place | typeof ENOUGH | undefined {
  const started = performance.now();
  let place: Place | undefined;
  for (const row of keep(rows)) {
    const next = placeOf(row);
    // Entries of one place are read at once, so that a walk can go on by the place alone.
    if (place !== undefined && next !== place && performance.now() - started > MOST_MS) {
      return isReversed ? after(next) : next;
    }
    place = next;
    if (!visit(row)) return ENOUGH;
  }
  return undefined;
}

/** The statements of a walk. */
function walkSql({ column, from }: Pick<Line<Parameter>, 'column' | 'from'>, isReversed: boolean) {
  const order = `ORDER BY e.${column}${isReversed ? ' DESC' : ''}`;
  const range = `e.${column} >= ? AND e.${column} < ?`;
  return {
    rows: ({ sql }: Condition) =>
      `SELECT ${FACT_COLUMNS} FROM ${from}
       WHERE ${range} AND typeof(e.key) = 'text' AND ${sql} ${order}`,
    edge: `SELECT e.${column} FROM ${from} WHERE ${range} ${order} LIMIT 1 OFFSET ?`,
  };
}
