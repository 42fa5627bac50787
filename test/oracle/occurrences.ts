import { compareInstants, instantOf } from './instant-of.ts';

/** The first and the last of the texts, none of them empty, which come in the order of row ids. */
export function occurrences(texts: readonly string[]): { first: string | undefined; last: string | undefined } {
  const dates = texts.flatMap((text) => {
    const instant = instantOf(text);
    return instant ? [{ text, instant }] : [];
  });
  if (dates.length > 0) {
    // Sorting is stable, so of equal instants the row with the lowest id stands first in both.
    const rising = dates.toSorted((one, other) => compareInstants(one.instant, other.instant));
    const falling = dates.toSorted((one, other) => compareInstants(other.instant, one.instant));
    return { first: rising[0]?.text, last: falling[0]?.text };
  }
  const byBytes = texts.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return { first: byBytes[0], last: byBytes.at(-1) };
}
