import { compareInstants, parseInstant } from './instant.ts';
import { compareRowIds, type RowId } from './row-id.ts';
import { compareUtf8 } from './text.ts';

/** A stored time text and the row that said it. */
export type Moment = readonly [text: string, row: RowId];

/** The moment a group begins with: by instant, text that is no date only where there is no other (SPEC section 1). */
export function earlier(a: Moment | null, b: Moment | null): Moment | null {
  return choose(a, b, 1);
}

/** The moment a group ends with. Of equal instants the lowest row speaks here too. */
export function later(a: Moment | null, b: Moment | null): Moment | null {
  return choose(a, b, -1);
}

function choose(a: Moment | null, b: Moment | null, direction: 1 | -1): Moment | null {
  if (a === null || b === null) return a ?? b;
  const order = compareTexts(a[0], b[0], direction);
  return order < 0 || (order === 0 && compareRowIds(a[1], b[1]) <= 0) ? a : b;
}

function compareTexts(a: string, b: string, direction: 1 | -1): number {
  if (a === b) return 0;
  const [x, y] = [parseInstant(a), parseInstant(b)];
  if (x && y) return direction * compareInstants(x, y);
  if (x || y) return x ? -1 : 1;
  return direction * compareUtf8(a, b);
}
