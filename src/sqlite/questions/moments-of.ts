import type { DayRange } from '../../model/statistics.ts';

/** A range of time as parameters; what has no time is left out unless it is open at both ends. */
export function momentsOf({ since, until }: DayRange) {
  const isOpen = since === undefined && until === undefined ? 1 : 0;
  return { from: since ?? Number.MIN_SAFE_INTEGER, to: until ?? Number.MAX_SAFE_INTEGER, isOpen };
}
