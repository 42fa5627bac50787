import type { Database } from 'better-sqlite3';
import type { KnownSessions } from '../../model/known-sessions.ts';
import { SYSTEM_EVENTS } from '../../model/statistics.ts';
import type { Read } from '../translate-error.ts';

/** Counts as they are kept. */
export const KNOWN_SESSION_QUERIES = {
  events: 'SELECT total(events) FROM audit_labels WHERE subtype = ?',
  known: 'SELECT total(events) FROM audit_sessions WHERE subtype = ?',
} as const;

/** Tells of how many system events the session is known. */
export type CountSessions = () => KnownSessions;

/** Of a graph that keeps nothing. */
export const noSessions: CountSessions = () => ({ events: 0, known: 0 });

/** Prepares it. Our tables must be there. */
export function prepareKnownSessions(db: Database, read: Read): CountSessions {
  const events = db.prepare<[string], number>(KNOWN_SESSION_QUERIES.events).pluck();
  const known = db.prepare<[string], number>(KNOWN_SESSION_QUERIES.known).pluck();
  const { subtype } = SYSTEM_EVENTS;
  return () => read(() => ({ events: events.get(subtype) ?? 0, known: known.get(subtype) ?? 0 }));
}
