import type { Search } from '../../model/search.ts';
import type { FactsRow } from '../entry-facts.ts';
import type { Transaction } from '../transaction.ts';
import { atTime, type EntryConditions, entryConditions } from './entry-conditions.ts';
import { mayBeDisordered, readFew, walkByTime, walkUndated } from './entry-walks.ts';
import type { Judging } from './judging.ts';
import type { SearchSizes } from './search-sizes.ts';

const SMALLEST_PAGE = 100;

/** Judges the events that are recorded and that a search may want; false, and none judged, where entries do not serve its order. */
export async function judgeRecorded(
  tx: Transaction,
  search: Search,
  judging: Judging,
  { few: most, page }: SearchSizes,
  signal: AbortSignal,
): Promise<boolean> {
  const { filter, sort } = search;
  const asked = await entryConditions(tx, filter);
  const isTimed = filter.since !== undefined || filter.until !== undefined;
  const timed = atTime(asked, filter);
  const few = timed.conditions.length === 0 ? undefined : await readFew(tx, timed, most);
  if (few === undefined && sort.field !== 'time') return false;
  if (few !== undefined) await judgeFew(few, search, judging, page, signal);
  else await judgeByTime(tx, search, timed, judging, page, signal);
  // Those without a time are wanted last, or only counted.
  const isAsked = few === undefined ? isTimed || !judging.judged.isFull : isTimed;
  if (isAsked) await judgeUndated(tx, search, asked, judging, page, signal);
  return true;
}

/** Few entries; in order of time no more of them than are needed. */
async function judgeFew(
  rows: readonly FactsRow[],
  { sort, after }: Search,
  judging: Judging,
  size: number,
  signal: AbortSignal,
): Promise<void> {
  const isByTime = sort.field === 'time';
  const sign = sort.isReversed ? -1 : 1;
  const dated = rows.filter(({ last }) => isByTime && last !== null && after?.last !== null);
  const undated = rows.filter(({ last }) => !isByTime || last === null);
  const visit = untilFull(judging, signal);
  dated.sort((a, b) => sign * Number((b.last ?? 0n) - (a.last ?? 0n)));
  for (let at = 0; at < dated.length; at += size) if (!(await visit(dated.slice(at, at + size)))) break;
  if (isByTime && judging.judged.isFull) return;
  for (let at = 0; at < undated.length; at += size) {
    signal.throwIfAborted();
    await judging.judgeEntries(undated.slice(at, at + size));
  }
}

/** Stops when others are wanted only if they come before what was found; equals of the last one that is needed may. */
function untilFull(judging: Judging, signal: AbortSignal): (page: readonly FactsRow[]) => Promise<boolean> {
  let end: bigint | null | undefined;
  return async (page) => {
    signal.throwIfAborted();
    const rows = end === undefined ? page : page.filter(({ last }) => last === end);
    await judging.judgeEntries(rows);
    if (rows.length < page.length) return false;
    if (judging.judged.isFull) end ??= page.at(-1)?.last;
    return true;
  };
}

async function judgeByTime(
  tx: Transaction,
  { sort: { isReversed }, after, offset, limit }: Search,
  asked: EntryConditions,
  judging: Judging,
  size: number,
  signal: AbortSignal,
): Promise<void> {
  if (after?.last === null) return;
  const first = Math.max(SMALLEST_PAGE, offset + limit + 1);
  const walk = { isReversed, from: after?.last ?? null, first, most: size };
  await walkByTime(tx, asked, walk, untilFull(judging, signal));
}

async function judgeUndated(
  tx: Transaction,
  { filter, after, sort }: Search,
  asked: EntryConditions,
  judging: Judging,
  size: number,
  signal: AbortSignal,
): Promise<void> {
  const isTimed = filter.since !== undefined || filter.until !== undefined;
  const from = sort.field === 'time' && after?.last === null ? after : undefined;
  let end: string | undefined;
  await walkUndated(tx, asked, { after: isTimed ? undefined : from, pageSize: size }, async (page) => {
    signal.throwIfAborted();
    const rows = page.filter(({ key }) => end === undefined || mayBeDisordered(key, end));
    await judging.judgeEntries(rows);
    if (rows.length < page.length) return false;
    if (judging.judged.isFull && !isTimed) end ??= page.at(-1)?.key;
    return true;
  });
}
