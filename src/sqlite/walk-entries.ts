import type { Database } from 'better-sqlite3';
import { keep } from './connect.ts';
import type { FactsRow } from './kept-facts.ts';
import { BY_KEY, BY_TIME, type Condition, type Parameter } from './narrowing.ts';
import type { Read } from './open-graph.ts';

/** One read ends after so long. */
const MOST_MS = 250;
/** Most walks end soon; those that do not go on in steps that are worth a slow condition. */
const FIRST_WINDOW = 2000;
const WINDOW = 200_000;

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

/** Which entries are to be read, and in which direction. */
export interface Walk<Place> {
  readonly low: Place;
  readonly before: Place;
  readonly isReversed: boolean;
  readonly condition: Condition;
  /** The same without what is slow to begin with; then more entries may be visited than are wanted. */
  readonly firstCondition: Condition;
}

/** Reads entries along a line until `visit` has had enough. Each step is one short read, but for entries of one place. Gives whether it came to the end. */
export function* walkEntries<Place extends Parameter>(
  { db, read }: { readonly db: Database; readonly read: Read },
  line: Line<Place>,
  walk: Walk<Place>,
  visit: (row: FactsRow) => boolean,
): Generator<void, boolean> {
  const { isReversed } = walk;
  const sql = walkSql(line, isReversed);
  const edge = db.prepare<Parameter[], Place>(sql.edge).pluck();
  let { low, before } = walk;
  for (let [size, condition] = [FIRST_WINDOW, walk.firstCondition]; ; [size, condition] = [WINDOW, walk.condition]) {
    const rows = db.prepare<Parameter[], FactsRow>(sql.rows(condition));
    const last = read(() => edge.get(low, before, size));
    const end = last === undefined ? (isReversed ? low : before) : isReversed ? last : line.after(last);
    for (let at: Place | undefined = isReversed ? before : low; at !== undefined; ) {
      const range: readonly [Place, Place] = isReversed ? [end, at] : [at, end];
      const outcome: Place | typeof ENOUGH | undefined = read(() =>
        step(line, isReversed, rows.iterate(...range, ...condition.parameters), visit),
      );
      if (outcome === ENOUGH) return false;
      at = outcome;
      yield;
    }
    if (last === undefined) return true;
    if (isReversed) before = end;
    else low = end;
  }
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
export function walkSql({ column, from }: Pick<Line<Parameter>, 'column' | 'from'>, isReversed: boolean) {
  const order = `ORDER BY e.${column}${isReversed ? ' DESC' : ''}`;
  const range = `e.${column} >= ? AND e.${column} < ?`;
  return {
    rows: ({ sql }: Condition) =>
      `SELECT e.key, e.first, e.last, e.session FROM ${from}
       WHERE ${range} AND typeof(e.key) = 'text' AND ${sql} ${order}`,
    edge: `SELECT e.${column} FROM ${from} WHERE ${range} ${order} LIMIT 1 OFFSET ?`,
  };
}
