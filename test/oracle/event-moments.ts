import type Database from 'better-sqlite3';

/** In which session and when an event was, by its id as text. */
export type EventMoments = Readonly<Record<string, readonly [session: string | null, timestamp: string | null]>>;

/** What SPEC section 1 says of `entries`, whose `id` is its row id: all of them, compared one by one by SQLite. */
export function eventMoments(db: Database.Database): EventMoments {
  const events = db.prepare<[], string>('SELECT CAST(id AS TEXT) FROM system_events').pluck().all();
  const find = db.prepare<[string], { readonly session: string | null; readonly timestamp: string | null }>(
    `SELECT nullif(CAST(e.session_id AS TEXT), '') AS session, nullif(CAST(e.timestamp AS TEXT), '') AS timestamp
     FROM system_events AS s, entries AS e WHERE CAST(s.id AS TEXT) = ? AND s.entry_id = e.id`,
  );
  return Object.fromEntries(
    events.map((id) => {
      const { session = null, timestamp = null } = find.get(id) ?? {};
      return [id, [session, timestamp]];
    }),
  );
}
