import type { Database } from 'better-sqlite3';

/** Says that events were written without their edges, and when last; it is not known how many. */
export interface UnlinkedNote {
  read(): string | undefined;
  /** Within a transaction of the caller. */
  keep(now: string): void;
  /** Within a transaction of the caller; a note that was kept since stays. */
  drop(note: string): void;
}

/** Prepares it. */
export function prepareUnlinkedNote(db: Database): UnlinkedNote {
  const read = db.prepare<[], string>("SELECT value FROM audit_meta WHERE name = 'unlinked'").pluck();
  const keep = db.prepare(
    `INSERT INTO audit_meta(name, value) VALUES ('unlinked', ?)
     ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
  );
  const drop = db.prepare("DELETE FROM audit_meta WHERE name = 'unlinked' AND value = ?");
  return {
    read: () => read.get(),
    keep: (now) => void keep.run(now),
    drop: (note) => void drop.run(note),
  };
}
