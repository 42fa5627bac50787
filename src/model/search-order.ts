import type { Sort, SortKey } from './search.ts';
import { compareUtf8 } from './text.ts';

/** The order of a search (see `Sort`). */
export function searchOrder({ field, isReversed }: Sort): (a: SortKey, b: SortKey) => number {
  const sign = isReversed ? -1 : 1;
  const byId = (a: SortKey, b: SortKey) => compareUtf8(a.id, b.id);
  switch (field) {
    case 'time':
      return (a, b) => compareTimes(a.last, b.last, sign) || byId(a, b);
    case 'id':
      return (a, b) => sign * byId(a, b);
    case 'name':
      return (a, b) => sign * compareUtf8(a.name, b.name) || byId(a, b);
  }
}

function compareTimes(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (b - a);
}
