import type { Database } from 'better-sqlite3';
import { readDays } from '../../model/day-counts.ts';
import { sessionOf } from '../../model/event-facets.ts';
import type { KeptFacts } from '../../model/node-view.ts';
import { prepareEntryKey } from '../entry-key.ts';
import type { Read } from '../translate-error.ts';

/** What is kept of an event by the id of its node; undefined where it is not recorded. */
export type FindFacts = (id: string) => KeptFacts | undefined;

/** Of a graph that keeps nothing. */
export const noFacts: FindFacts = () => undefined;

/** The columns of an entry that facts are made of. */
export interface FactsRow {
  readonly key: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly session: string | null;
  readonly days: string | null;
}

/** What is read of an entry. */
export const FACT_COLUMNS = 'e.key, e.first, e.last, e.session, e.days';

/** What an entry says beside its node. */
export function toFacts({ key, first, last, session, days }: FactsRow): KeptFacts {
  const span = first === null || last === null ? undefined : { first, last };
  return { session: sessionOf(key, session), span, days: () => (days === null ? undefined : readDays(days)) };
}

/** Prepares it. Our tables must be there. */
export function prepareKeptFacts(db: Database, read: Read): FindFacts {
  const keyOf = prepareEntryKey(db);
  const find = db.prepare<[string], FactsRow>(`SELECT ${FACT_COLUMNS} FROM audit_entries AS e WHERE key = ?`);
  return (id) => {
    const row = read(() => {
      const key = keyOf(id);
      return key === undefined ? undefined : find.get(key);
    });
    return row && toFacts(row);
  };
}
