import { compareRowIds, type RowId } from './row-id.ts';

/** A value and the lowest row that has it. */
export type Seen = readonly [value: string, row: RowId];

/**
 * The first `limit` distinct values of both lists, in the order of their rows. Cutting loses nothing: a value among
 * the first of the whole is among the first of every part that holds its lowest row.
 */
export function addSeen(a: readonly Seen[], b: readonly Seen[], limit: number): readonly Seen[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const lowest = new Map(a);
  for (const [value, row] of b) {
    const known = lowest.get(value);
    if (known === undefined || compareRowIds(row, known) < 0) lowest.set(value, row);
  }
  return [...lowest].sort(([, x], [, y]) => compareRowIds(x, y)).slice(0, limit);
}
