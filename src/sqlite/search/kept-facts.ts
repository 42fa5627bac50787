import type { Database } from 'better-sqlite3';
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
}

/** What an entry says beside its node. */
export function toFacts({ key, first, last, session }: FactsRow): KeptFacts {
  const span = first === null || last === null ? undefined : { first, last };
  return { session: sessionOf(key, session), span };
}

const BEFORE_KEY = `${AUDIT_EVENT}:`;
const HASH_CHARACTERS = 65;

/** Prepares it. Our tables must be there. */
export function prepareKeptFacts(db: Database, read: Read): FindFacts {
  const columns = 'key, first, last, session';
  const one = db.prepare<[string], FactsRow>(`SELECT ${columns} FROM audit_entries WHERE key = ?`);
  const next = db.prepare<[string], FactsRow>(
    `SELECT ${columns} FROM audit_entries WHERE key > ? AND typeof(key) = 'text' ORDER BY key LIMIT 1`,
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
