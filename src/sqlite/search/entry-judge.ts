import type { FactsRow } from './kept-facts.ts';

/** Looks at entries, each once. */
export interface EntryJudge {
  look(row: FactsRow): void;
  /** Whether others are wanted only if they come before those that were found. */
  readonly isFull: boolean;
}

/** Visits all entries there are. */
export const untilEnd = (judge: EntryJudge) => (row: FactsRow) => {
  judge.look(row);
  return true;
};

/** Visits entries in the order of their places; equals of the last one that is needed may come before it. */
export function untilFull(judge: EntryJudge, placeOf: (row: FactsRow) => unknown): (row: FactsRow) => boolean {
  let end: { readonly place: unknown } | undefined;
  return (row) => {
    if (end !== undefined && placeOf(row) !== end.place) return false;
    judge.look(row);
    if (judge.isFull) end ??= { place: placeOf(row) };
    return true;
  };
}

/** So many characters of a key are in its id, however long it is. */
const KEPT_CHARACTERS = 100;

/** What of a key decides on the order of its id. */
export const beginOf = ({ key }: FactsRow): string => key.slice(0, KEPT_CHARACTERS);
