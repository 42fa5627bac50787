import type { Database } from 'better-sqlite3';
import type { NodeFilter, Search } from '../../model/search.ts';
import type { Read } from '../translate-error.ts';
import { beginOf, type EntryJudge, untilEnd, untilFull } from './entry-judge.ts';
import { type FewEntry, findFew, visitFew } from './few-entries.ts';
import { ALL_KEYS, type KeyRange, type KeyRanges, rangesAfter } from './key-ranges.ts';
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
import { findRare } from './rare-entries.ts';
import type { SearchSizes } from './search-sizes.ts';
import { KEY_LINE, type Stretch, TIME_LINE, type Walk, walkEntries } from './walk-entries.ts';
import { wordQuery } from './word-query.ts';

/** So many events without a time are counted. */
const MOST_COUNTED = 100_000;

interface Shop {
  readonly db: Database;
  readonly read: Read;
  readonly sizes: SearchSizes;
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
  *visit(judge: EntryJudge): Generator<void, boolean> {
    const { sort, filter, after } = this.#search;
    const when = whenOf(filter);
    const isPastDated = after?.last === null;
    switch (sort.field) {
      case 'time':
        if (!isPastDated) yield* this.#byTime(when ?? 'dated', judge);
        // Events without a time come after all others, in order of ids whatever the direction.
        if (when === undefined && !judge.isFull) {
          yield* this.#byKey('undated', false, judge, isPastDated ? after?.id : undefined);
        }
        return true;
      case 'id':
        yield* this.#byKey(when ?? 'any', sort.isReversed, judge, after?.id);
        return true;
      case 'name': {
        const few = findFew(this.#shop, this.#with(when ?? 'any'), this.#sizes.fewToJudge);
        if (few !== undefined) yield* visitFew(this.#shop, few, untilEnd(judge));
        return few !== undefined;
      }
    }
  }

  /** How many events would be found if they told a time, at the most; of those that `isWanted` where it is given. */
  undated(isWanted?: (key: string) => boolean): number {
    if (whenOf(this.#search.filter) === undefined) return 0;
    const { sql, parameters } = allOf(this.#with('undated').map(({ condition }) => condition));
    const { db, read } = this.#shop;
    const keys = undatedSql(sql);
    if (isWanted === undefined) {
      const count = db.prepare<Parameter[], number>(`SELECT count(*) FROM (${keys})`).pluck();
      return read(() => count.get(...parameters, MOST_COUNTED)) ?? 0;
    }
    const all = db.prepare<Parameter[], string>(keys).pluck();
    return read(() => all.all(...parameters, MOST_COUNTED)).filter(isWanted).length;
  }

  *#byTime(when: Exclude<When, 'any' | 'undated'>, judge: EntryJudge): Generator<void> {
    const { sort, after } = this.#search;
    const { isReversed } = sort;
    const visit = untilFull(judge, ({ last }) => last);
    const since = when === 'dated' ? undefined : when.since;
    const place = after?.last ?? undefined;
    const low = Math.max(
      since ?? Number.NEGATIVE_INFINITY,
      (isReversed ? place : undefined) ?? Number.NEGATIVE_INFINITY,
    );
    const before = isReversed || place === undefined ? Number.POSITIVE_INFINITY : place + 1;
    // The newest come first unless they are reversed.
    const walk = { isReversed: !isReversed, ...this.#quickly(when) };
    const start = { low, before };
    const rare = this.#rare(when, start);
    if (rare !== undefined) {
      yield* visitFew(this.#shop, [...rare].sort(isReversed ? oldestFirst : newestFirst), visit);
      return;
    }
    let rest = yield* walkEntries(this.#shop, TIME_LINE, { ...walk, stretch: start }, visit);
    // All entries of the last moment that was read were among them.
    if (rest === undefined || judge.isFull) return;
    const few = findFew(this.#shop, [...this.#with(when), ofStretch(rest)], this.#sizes.fewToSort);
    if (few !== undefined) {
      yield* visitFew(this.#shop, [...few].sort(isReversed ? oldestFirst : newestFirst), visit);
      return;
    }
    while (rest !== undefined) {
      rest = yield* walkEntries(this.#shop, TIME_LINE, { ...walk, ...this.#thoroughly(when), stretch: rest }, visit);
    }
  }

  *#byKey(when: When, isReversed: boolean, judge: EntryJudge, after: string | undefined): Generator<void> {
    const visit = untilFull(judge, beginOf);
    const ranges = after === undefined ? this.#ranges : rangesAfter(this.#ranges, after, isReversed);
    const [first, ...others] = isReversed ? ranges.toReversed() : ranges;
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
      yield* visitFew(this.#shop, few, untilEnd(judge));
      return;
    }
    for (const range of left) {
      for (let rest: KeyRange | undefined = range; rest !== undefined; ) {
        rest = yield* walkEntries(this.#shop, KEY_LINE, { ...walk, ...this.#thoroughly(when), stretch: rest }, visit);
      }
      if (judge.isFull) return;
    }
  }

  #rare(when: When, stretch: Stretch<number>): readonly FewEntry[] | undefined {
    const words = this.#narrowings.find(({ isSlow }) => isSlow);
    // The beginnings of words are slow to look for, however few entries have them.
    if (words === undefined || this.#search.filter.text !== undefined) return undefined;
    const others = this.#with(when).filter((narrowing) => narrowing !== words);
    return findRare(this.#shop, words, others, stretch, this.#sizes.quickStep);
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

const newestFirst = (a: FewEntry, b: FewEntry): number => (b.last ?? 0) - (a.last ?? 0);
const oldestFirst = (a: FewEntry, b: FewEntry): number => newestFirst(b, a);

/** The entries that there are under a condition on their time, up to a limit. */
const undatedSql = (condition: string): string =>
  `SELECT e.key FROM ${BY_TIME} WHERE ${condition} AND typeof(e.key) = 'text' LIMIT ?`;
