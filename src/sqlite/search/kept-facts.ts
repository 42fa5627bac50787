import type { Database } from 'better-sqlite3';
import { readDays } from '../../model/day-counts.ts';
import { sessionOf } from '../../model/event-facets.ts';
import { isShortened, nodeId } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import type { KeptFacts } from '../../model/node-view.ts';
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

const BEFORE_KEY = `${AUDIT_EVENT}:`;
const HASH_CHARACTERS = 65;

/** Prepares it. Our tables must be there. */
export function prepareKeptFacts(db: Database, read: Read): FindFacts {
  const one = db.prepare<[string], FactsRow>(`SELECT ${FACT_COLUMNS} FROM audit_entries AS e WHERE key = ?`);
  const next = db.prepare<[string], FactsRow>(
    `SELECT ${FACT_COLUMNS} FROM audit_entries AS e WHERE key > ? AND typeof(key) = 'text' ORDER BY key LIMIT 1`,
  );

  /** A shortened id shows but the beginning of its key. */
  function findLong(id: string): FactsRow | undefined {
    const begin = id.slice(BEFORE_KEY.length, -HASH_CHARACTERS);
    for (let after = begin; ; ) {
      const row = next.get(after);
      if (!row?.key.startsWith(begin)) return undefined;
      if (nodeId(AUDIT_EVENT, row.key) === id) return row;
      after = row.key;
    }
  }

  return (id) => {
    if (!id.startsWith(BEFORE_KEY)) return undefined;
    const row = read(() => (isShortened(id) ? findLong(id) : one.get(id.slice(BEFORE_KEY.length))));
    return row && toFacts(row);
  };
}
