import type { Database } from 'better-sqlite3';

/** Prepares telling what an edge said when it was removed last, as JSON; undefined where the log does not tell. */
export function prepareLastSaid(db: Database): (id: string) => string | undefined {
  const statement = db
    .prepare<[string], string>(
      `SELECT before FROM audit_changes WHERE records IS NULL AND record_id = ? AND operation = 'delete'
       AND before IS NOT NULL ORDER BY id DESC LIMIT 1`,
    )
    .pluck();
  return (id) => statement.get(id);
}
