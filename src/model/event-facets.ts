import { partsOfKey } from './key.ts';

/** Facets of an event as they are kept: checked, short, ready to be searched and counted. */
export interface EventFacets {
  /** Milliseconds since 1970; null where nothing is known that is a date. */
  readonly first: number | null;
  readonly last: number | null;
  /** Empty where it is the first part of the key, as it need not be kept twice. */
  readonly session: string | null;
  readonly user: string | null;
  readonly what: string | null;
  readonly how: string | null;
  /** More words that it is found by, beside those of `what` and `how`. */
  readonly text: string | null;
  /** Day counts as JSON, of rows of more than one day; null where all are of the last one. */
  readonly days: string | null;
}

/** Of `what` and `how`: enough to tell things apart; what they are called in full stands in the node. */
export const LONGEST_LABEL = 200;

const MS_A_DAY = 86_400_000;
/** Few days come again and again. */
const DAYS_REMEMBERED = 5000;
const names = new Map<number, string>();

/** The day of a moment in UTC, `YYYY-MM-DD`; empty where none is known. */
export function dayOf(milliseconds: number | null): string {
  if (milliseconds === null) return '';
  const day = Math.floor(milliseconds / MS_A_DAY);
  return names.get(day) ?? remember(day);
}

function remember(day: number): string {
  const text = new Date(day * MS_A_DAY).toISOString();
  const name = text.slice(0, text.indexOf('T'));
  if (names.size >= DAYS_REMEMBERED) names.clear();
  names.set(day, name);
  return name;
}

/** The session of an event; null where it has none. */
export function sessionOf(key: string, session: string | null): string | null {
  return session === '' ? (partsOfKey(key)[0] ?? null) : session;
}

/** The words that an event is found by. */
export function wordsOf({ what, how, text }: Pick<EventFacets, 'what' | 'how' | 'text'>): string {
  return `${what ?? ''}\n${how ?? ''}\n${text ?? ''}`;
}
