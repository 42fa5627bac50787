import type { DayCount } from '../api/statistics.ts';
import { type Bucket, bucketsBetween, type Grain, startOf } from './buckets.ts';

/** What bars are stacked of: counts in the order of the buckets. */
export interface Series {
  readonly name: string;
  readonly counts: readonly number[];
  /** Whether it is what is left beside the others. */
  readonly isRest: boolean;
}

/** A chart of errors over time. */
export interface Timeline {
  readonly grain: Grain;
  readonly buckets: readonly Bucket[];
  readonly series: readonly Series[];
  /** Errors of which no day is known; they are in no bar. */
  readonly undated: number;
}

const IS_DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Makes a chart of counts by day: of all errors, and of those of the most frequent names. What these leave is one series more.
 * Undefined where no day is known at all.
 */
export function timelineOf(
  all: readonly DayCount[],
  parts: readonly { readonly name: string; readonly days: readonly DayCount[] }[],
): Timeline | undefined {
  const known = all
    .filter(({ day }) => IS_DAY.test(day))
    .map(({ day }) => day)
    .sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { grain, buckets } = bucketsBetween(first, last);
  const count = (days: readonly DayCount[]) => countsOf(days, grain, buckets);
  const series = parts.map(({ name, days }) => ({ name, counts: count(days), isRest: false }));
  const rest = count(all).map((sum, at) => series.reduce((left, { counts }) => left - (counts[at] ?? 0), sum));
  const undated = all.reduce((sum, { day, errors }) => (IS_DAY.test(day) ? sum : sum + errors), 0);
  const hasRest = rest.some((left) => left > 0);
  return {
    grain,
    buckets,
    series: hasRest ? [...series, { name: 'others', counts: rest, isRest: true }] : series,
    undated,
  };
}

function countsOf(days: readonly DayCount[], grain: Grain, buckets: readonly Bucket[]): readonly number[] {
  const sums = new Map<string, number>();
  for (const { day, errors } of days) {
    if (!IS_DAY.test(day)) continue;
    const start = startOf(day, grain);
    sums.set(start, (sums.get(start) ?? 0) + errors);
  }
  return buckets.map(({ day }) => sums.get(day) ?? 0);
}
