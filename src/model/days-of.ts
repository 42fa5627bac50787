import { dayOf } from './event-facets.ts';
import type { DayRange } from './statistics.ts';

/** Before and after all days; what has no day is before them. */
const [BEFORE_DAYS, AFTER_DAYS] = [' ', '~'];

/** The days of a range, ends included. Without a range, rows that have no day count, too. */
export function daysOf({ since, until }: DayRange): { readonly since: string; readonly until: string } {
  const from = until === undefined ? '' : BEFORE_DAYS;
  return {
    since: since === undefined ? from : dayOf(since),
    until: until === undefined ? AFTER_DAYS : dayOf(until),
  };
}
