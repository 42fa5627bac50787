import { compareUtf8 } from './text.ts';

/** What a row of a task says of how it stands. */
export interface TaskEnd {
  /** The id of its node. */
  readonly id: string;
  readonly last: number | null;
  readonly isFailed: boolean;
}

/** Negative where `a` decides on a task and `b` does not: the latest does, of one moment a failure, of equals the first id. */
function compareEnds(a: TaskEnd, b: TaskEnd): number {
  const later = (b.last ?? Number.NEGATIVE_INFINITY) - (a.last ?? Number.NEGATIVE_INFINITY);
  // Both may be without a time.
  if (later < 0 || later > 0) return later;
  return Number(b.isFailed) - Number(a.isFailed) || compareUtf8(a.id, b.id);
}

/** The one that decides; undefined of none. */
export function latestOf(ends: readonly TaskEnd[]): TaskEnd | undefined {
  return ends.toSorted(compareEnds)[0];
}
