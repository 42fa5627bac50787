import type { Database } from 'better-sqlite3';
import type { NodeFilter, Search } from '../model/search.ts';
import { type FewEntry, findFew, visitFew } from './few-entries.ts';
import type { FactsRow } from './kept-facts.ts';
import { ALL_KEYS, type KeyRange, type KeyRanges } from './key-ranges.ts';
import {
  allOf,
  atTime,
  BY_TIME,
  type Condition,
  inRanges,
  type Narrowing,
  ofSession,
  ofUser,
  type Parameter,
  type When,
  withWords,
} from './narrowing.ts';
import type { Read } from './open-graph.ts';
import { KEY_LINE, TIME_LINE, walkEntries } from './walk-entries.ts';
import { wordQuery } from './word-query.ts';

/** So many events without a time are counted. */
const MOST_COUNTED = 100_000;

interface Shop {
  readonly db: Database;
  readonly read: Read;
}

/** Looks at entries, each once. */
export interface Judge {
  look(row: FactsRow): void;
  /** Whether others are wanted only if they come before those that were found. */
  readonly isFull: boolean;
}

/** What a search asks of entries. Which it visits are a few more than those it is about; all of them have to be looked at. */
export class EntryQuestion {
  readonly #shop: Shop;
  readonly #search: Search;
  readonly #narrowings: readonly Narrowing[];
  readonly #ranges: readonly KeyRange[];

  constructor(shop: Shop, search: Search, ranges: KeyRanges) {
    const { user, session, subtype } = search.filter;
    const words = wordQuery(search.filter);
    const ofSubtype = subtype === undefined ? undefined : ranges.ofSubtype(subtype);
    this.#shop = shop;
    this.#search = search;
    this.#ranges = ofSubtype ?? [ALL_KEYS];
    this.#narrowings = [
      ...(user ? [ofUser(user)] : []),
      ...(session ? [ofSession(session, ranges.ofSession(session))] : []),
      ...(ofSubtype ? [inRanges(ofSubtype)] : []),
      ...(words === undefined ? [] : [withWords(words)]),
    ];
  }

  /** Visits entries in the order that is wanted, until there are enough. False, and none visited, where no index helps. */
  *visit(judge: Judge): Generator<void, boolean> {
    const { sort, filter } = this.#search;
    const when = whenOf(filter);
    switch (sort.field) {
      case 'time':
        yield* this.#byTime(when ?? 'dated', judge);
        // Events without a time come after all others, in order of ids whatever the direction.
        if (when === undefined && !judge.isFull) yield* this.#byKey('undated', false, judge);
        return true;
      case 'id':
        yield* this.#byKey(when ?? 'any', sort.isReversed, judge);
        return true;
      case 'name': {
        const few = findFew(this.#shop, this.#with(when ?? 'any'));
        if (few !== undefined) yield* visitFew(this.#shop, few, all(judge));
        return few !== undefined;
      }
    }
  }

  /** About how many events without a time are left out. */
  undated(): number {
    const { sql, parameters } = allOf(this.#with('undated').map(({ condition }) => condition));
    const { db, read } = this.#shop;
    const count = db.prepare<Parameter[], number>(undatedSql(sql)).pluck();
    return read(() => count.get(...parameters, MOST_COUNTED)) ?? 0;
  }

  *#byTime(when: Exclude<When, 'any' | 'undated'>, judge: Judge): Generator<void> {
    const { isReversed } = this.#search.sort;
    const visit = untilFull(judge, ({ last }) => last);
    const few = findFew(this.#shop, this.#with(when));
    if (few !== undefined) {
      const dated = few.filter(({ last }) => last !== null).sort(isReversed ? oldestFirst : newestFirst);
      yield* visitFew(this.#shop, dated, visit);
      return;
    }
    const since = when === 'dated' ? undefined : when.since;
    const low = since ?? Number.NEGATIVE_INFINITY;
    // Walks along an index go from the newest to the oldest unless they are reversed.
    const walk = { low, before: Number.POSITIVE_INFINITY, isReversed: !isReversed, ...this.#conditions(when) };
    yield* walkEntries(this.#shop, TIME_LINE, walk, visit);
  }

  *#byKey(when: When, isReversed: boolean, judge: Judge): Generator<void> {
    const few = findFew(this.#shop, this.#with(when));
    if (few !== undefined) {
      yield* visitFew(this.#shop, few, all(judge));
      return;
    }
    const visit = untilFull(judge, beginOf);
    for (const range of isReversed ? this.#ranges.toReversed() : this.#ranges) {
      const walk = { ...range, isReversed, ...this.#conditions(when) };
      if (!(yield* walkEntries(this.#shop, KEY_LINE, walk, visit))) return;
    }
  }

  #with(when: When): readonly Narrowing[] {
    return when === 'any' ? this.#narrowings : [...this.#narrowings, atTime(when)];
  }

  #conditions(when: When): { readonly condition: Condition; readonly firstCondition: Condition } {
    const all = this.#with(when);
    const quick = all.filter(({ isSlow }) => !isSlow);
    const conditionOf = (some: readonly Narrowing[]) => allOf(some.map(({ condition }) => condition));
    return { condition: conditionOf(all), firstCondition: conditionOf(quick) };
  }
}

/** When events are wanted; undefined for any time. */
function whenOf({
  since,
  until,
}: NodeFilter): { readonly since: number | undefined; readonly until: number | undefined } | undefined {
  return since === undefined && until === undefined ? undefined : { since, until };
}

/** Visits all entries there are. */
const all = (judge: Judge) => (row: FactsRow) => {
  judge.look(row);
  return true;
};

/** Visits entries in the order of their places; equals of the last one that is needed may come before it. */
function untilFull(judge: Judge, placeOf: (row: FactsRow) => unknown): (row: FactsRow) => boolean {
  let end: { readonly place: unknown } | undefined;
  return (row) => {
    if (end !== undefined && placeOf(row) !== end.place) return false;
    judge.look(row);
    if (judge.isFull) end ??= { place: placeOf(row) };
    return true;
  };
}

/** So many characters of a key are in its id, however long it is. */
const KEPT_CHARACTERS = 100;

const beginOf = ({ key }: FactsRow): string => key.slice(0, KEPT_CHARACTERS);

const newestFirst = (a: FewEntry, b: FewEntry): number => (b.last ?? 0) - (a.last ?? 0);
const oldestFirst = (a: FewEntry, b: FewEntry): number => newestFirst(b, a);

/** How many entries there are under a condition on their time, up to a limit. */
export const undatedSql = (condition: string): string =>
  `SELECT count(*) FROM (SELECT 1 FROM ${BY_TIME} WHERE ${condition} LIMIT ?)`;
