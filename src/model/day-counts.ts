import { dayOf } from './event-facets.ts';
import type { DayCount } from './facets.ts';
import { toMilliseconds } from './instant.ts';
import type { Moment } from './moment.ts';
import { compareUtf8 } from './text.ts';

/** Rows that were all of the day of one moment. */
export function onOneDay(moment: Moment | null, rows: number): readonly DayCount[] {
  return [[dayOf(moment === null ? null : (toMilliseconds(moment[0]) ?? null)), rows]];
}

/** Both together, in the order of days. */
export function addDays(a: readonly DayCount[], b: readonly DayCount[]): readonly DayCount[] {
  const counts = new Map(a);
  for (const [day, rows] of b) counts.set(day, (counts.get(day) ?? 0) + rows);
  return [...counts].sort(([x], [y]) => compareUtf8(x, y));
}

/** Day counts as an entry keeps them. */
export function readDays(json: string): readonly DayCount[] {
  const days: readonly DayCount[] = JSON.parse(json);
  return days;
}

/** Whether some of the rows were of the days from one moment to another, in milliseconds. */
export function touchDays(days: readonly DayCount[], since: number, until: number): boolean {
  const [first, last] = [dayOf(since), dayOf(until)];
  return days.some(([day, rows]) => rows > 0 && day >= first && day <= last);
}
