/** A bar's worth of time: its first day, and how it is called. */
export interface Bucket {
  readonly day: string;
  readonly until: string;
  readonly label: string;
}

export type Grain = 'day' | 'week' | 'month';

/** More bars than these cannot be told apart. */
const MOST_DAYS = 100;
const MOST_WEEKS = 110;
const DAY_MS = 86_400_000;

/** The bars for days from the first to the last, without gaps: of days, else of weeks from Monday on, else of months. */
export function bucketsBetween(
  first: string,
  last: string,
): { readonly grain: Grain; readonly buckets: readonly Bucket[] } {
  const days = 1 + (toTime(last) - toTime(first)) / DAY_MS;
  const grain: Grain = days <= MOST_DAYS ? 'day' : days <= MOST_WEEKS * 7 ? 'week' : 'month';
  const buckets: Bucket[] = [];
  for (let day = startOf(first, grain); day <= last; day = nextOf(day, grain)) {
    const until = toDay(toTime(nextOf(day, grain)) - DAY_MS);
    buckets.push({ day, until, label: grain === 'month' ? day.slice(0, 7) : day });
  }
  return { grain, buckets };
}

/** The first day of the bucket that a day falls into. */
export function startOf(day: string, grain: Grain): string {
  if (grain === 'day') return day;
  if (grain === 'month') return `${day.slice(0, 7)}-01`;
  const time = toTime(day);
  return toDay(time - ((new Date(time).getUTCDay() + 6) % 7) * DAY_MS);
}

function nextOf(day: string, grain: Grain): string {
  if (grain !== 'month') return toDay(toTime(day) + (grain === 'day' ? 1 : 7) * DAY_MS);
  const date = new Date(toTime(day));
  return toDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}

const toTime = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const toDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
