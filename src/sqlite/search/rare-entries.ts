import type { Database } from 'better-sqlite3';
import type { Read } from '../translate-error.ts';
import { type FewEntry, findFew } from './few-entries.ts';
import { BY_TIME, type Narrowing, ofStretch, type Parameter } from './narrowing.ts';
import type { Stretch } from './walk-entries.ts';

/**
 * The entries of a stretch of time with some words, where those are so few that the first step of a walk, of `step` entries,
 * would look at more. Undefined where it would not, and where there are none: then the walk looks at the nodes themselves,
 * as others may have changed what they say.
 */
export function findRare(
  shop: { readonly db: Database; readonly read: Read },
  words: Narrowing,
  others: readonly Narrowing[],
  stretch: Stretch<number>,
  step: number,
): readonly FewEntry[] | undefined {
  const { db, read } = shop;
  const more = db.prepare<Parameter[], 1>(MORE_ENTRIES);
  if (read(() => more.get(stretch.low, stretch.before, step)) === undefined) return undefined;
  // The words alone are counted: what else is asked for may take long to find.
  const conditions = [...others, ofStretch(stretch)].map(({ condition }) => ({ condition, parts: undefined }));
  const few = findFew(shop, [words, ...conditions], step);
  return few?.length === 0 ? undefined : few;
}

/** Whether more than so many entries are in a stretch of time. */
const MORE_ENTRIES = `SELECT 1 FROM ${BY_TIME} WHERE e.last >= ? AND e.last < ? LIMIT 1 OFFSET ?`;
