import type { Database } from 'better-sqlite3';
import type { NodeFilter, Search } from '../model/search.ts';
import { type FewEntry, findFew, visitFew } from './few-entries.ts';
import type { FactsRow } from './kept-facts.ts';
import { ALL_KEYS, type KeyRange, type KeyRanges } from './key-ranges.ts';
import {
  allOf,
  atTime,
  BY_TIME,
  inRanges,
  type Narrowing,
  ofSession,
  ofStretch,
  ofUser,
  type Parameter,
  type When,
  withWords,
} from './narrowing.ts';
import type { Read } from './open-graph.ts';
import { KEY_LINE, TIME_LINE, type Walk, walkEntries } from './walk-entries.ts';
import { wordQuery } from './word-query.ts';

/** When which way is taken; what is found is the same. */
export interface SearchSizes {
  /** So many entries are all looked at, or all put in order before they are looked at. */
  readonly fewToJudge: number;
  readonly fewToSort: number;
  /** Entries along which a walk goes in its first step, and in each of the others. */
  readonly quickStep: number;
  readonly longStep: number;
}

/** What is fast with half a million events. */
export const USUAL_SIZES: SearchSizes = {
  fewToJudge: 20_000,
  fewToSort: 100_000,
  quickStep: 2000,
  longStep: 200_000,
};

/** So many events without a time are counted. */
const MOST_COUNTED = 100_000;

interface Shop {
  readonly db: Database;
  readonly read: Read;
  readonly sizes: SearchSizes;
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
  readonly #sizes: SearchSizes;
  readonly #narrowings: readonly Narrowing[];
  readonly #ranges: readonly KeyRange[];

  constructor(shop: Shop, search: Search, ranges: KeyRanges) {
    const { user, session, subtype } = search.filter;
    const words = wordQuery(search.filter);
    const ofSubtype = subtype === undefined ? undefined : ranges.ofSubtype(subtype);
    this.#shop = shop;
    this.#search = search;
    this.#sizes = shop.sizes;
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
        const few = findFew(this.#shop, this.#with(when ?? 'any'), this.#sizes.fewToJudge);
        if (few !== undefined) yield* visitFew(this.#shop, few, all(judge));
        return few !== undefined;
      }
    }
  }

  /** How many events would be found if they told a time, at the most. */
  undated(): number {
    if (whenOf(this.#search.filter) === undefined) return 0;
    const { sql, parameters } = allOf(this.#with('undated').map(({ condition }) => condition));
    const { db, read } = this.#shop;
    const count = db.prepare<Parameter[], number>(undatedSql(sql)).pluck();
    return read(() => count.get(...parameters, MOST_COUNTED)) ?? 0;
  }

  *#byTime(when: Exclude<When, 'any' | 'undated'>, judge: Judge): Generator<void> {
    const { isReversed } = this.#search.sort;
    const visit = untilFull(judge, ({ last }) => last);
    const since = when === 'dated' ? undefined : when.since;
    const low = since ?? Number.NEGATIVE_INFINITY;
    // The newest come first unless they are reversed.
    const walk = { isReversed: !isReversed, ...this.#quickly(when) };
    const start = { low, before: Number.POSITIVE_INFINITY };
    let rest = yield* walkEntries(this.#shop, TIME_LINE, { ...walk, stretch: start }, visit);
    if (rest === undefined) return;
    const few = findFew(this.#shop, [...this.#with(when), ofStretch(rest)], this.#sizes.fewToSort);
    if (few !== undefined) {
      yield* visitFew(this.#shop, [...few].sort(isReversed ? oldestFirst : newestFirst), visit);
      return;
    }
    while (rest !== undefined) {
      rest = yield* walkEntries(this.#shop, TIME_LINE, { ...walk, ...this.#thoroughly(when), stretch: rest }, visit);
    }
  }

  *#byKey(when: When, isReversed: boolean, judge: Judge): Generator<void> {
    const visit = untilFull(judge, beginOf);
    const [first, ...others] = isReversed ? this.#ranges.toReversed() : this.#ranges;
    if (first === undefined) return;
    const walk = { isReversed, ...this.#quickly(when) };
    const begun = yield* walkEntries(this.#shop, KEY_LINE, { ...walk, stretch: first }, visit);
    if (begun === undefined && judge.isFull) return;
    const left: readonly KeyRange[] = begun === undefined ? others : [begun, ...others];
    const few = findFew(
      this.#shop,
      [...this.#with(when), { ...inRanges(left), parts: undefined }],
      this.#sizes.fewToJudge,
    );
    if (few !== undefined) {
      yield* visitFew(this.#shop, few, all(judge));
      return;
    }
    for (const range of left) {
      for (let rest: KeyRange | undefined = range; rest !== undefined; ) {
        rest = yield* walkEntries(this.#shop, KEY_LINE, { ...walk, ...this.#thoroughly(when), stretch: rest }, visit);
      }
      if (judge.isFull) return;
    }
  }

  /** The first step of a walk: most end there, so nothing slow is asked for. */
  #quickly(when: When): Pick<Walk<unknown>, 'condition' | 'size'> {
    const quick = this.#with(when).filter(({ isSlow }) => !isSlow);
    return { condition: allOf(quick.map(({ condition }) => condition)), size: this.#sizes.quickStep };
  }

  #thoroughly(when: When): Pick<Walk<unknown>, 'condition' | 'size'> {
    return { condition: allOf(this.#with(when).map(({ condition }) => condition)), size: this.#sizes.longStep };
  }

  #with(when: When): readonly Narrowing[] {
    return when === 'any' ? this.#narrowings : [...this.#narrowings, atTime(when)];
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
