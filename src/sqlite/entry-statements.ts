import type { Database } from 'better-sqlite3';
import type { Entry, StoredEntry } from '../model/entry.ts';

/** An entry as it is kept. */
export interface KeptEntry extends StoredEntry {
  readonly leaf: string;
  /** The run that touched it last, and whether that run changed its node: 1 or 0. */
  readonly run: number;
  readonly changed: number;
}

/** Reads and writes what is kept of entries. */
export interface EntryStatements {
  find(key: string): KeptEntry | undefined;
  /** False, and nothing done, where there is one of this key already. */
  insert(entry: Entry, leaf: string, run: number): boolean;
  update(entry: Entry, leaf: string, run: number, changed: boolean): void;
  count(prefix: string): number;
  /** Removes some of the entries that a run has not touched; gives their keys. */
  forget(prefix: string, run: number): readonly string[];
}

/** So many entries are removed in one transaction. */
const FORGOTTEN_AT_ONCE = 5000;

/** Prepares them. The tables must be there. */
export function prepareEntryStatements(db: Database): EntryStatements {
  // No range of keys: where texts are UTF-16, they are not in the order of their letters.
  const hasPrefix = 'substr(key, 1, length(?)) = ?';
  const find = db.prepare<[string], KeptEntry>(
    'SELECT drafts, state, leaf, run, changed FROM audit_entries WHERE key = ?',
  );
  const insert = db.prepare(
    `INSERT INTO audit_entries(key, drafts, state, leaf, run, changed) VALUES (?, ?, ?, ?, ?, 1)
     ON CONFLICT(key) DO NOTHING`,
  );
  const update = db.prepare(
    'UPDATE audit_entries SET drafts = ?, state = ?, leaf = ?, run = ?, changed = ? WHERE key = ?',
  );
  const count = db.prepare<[string, string], number>(`SELECT count(*) FROM audit_entries WHERE ${hasPrefix}`).pluck();
  const forget = db
    .prepare<[string, string, number], string>(
      `DELETE FROM audit_entries WHERE key IN
       (SELECT key FROM audit_entries WHERE ${hasPrefix} AND run <> ? LIMIT ${FORGOTTEN_AT_ONCE})
     RETURNING key`,
    )
    .pluck();
  return {
    find: (key) => find.get(key),
    insert: ({ key, drafts, state }, leaf, run) => insert.run(key, drafts, state, leaf, run).changes > 0,
    update: ({ key, drafts, state }, leaf, run, changed) =>
      void update.run(drafts, state, leaf, run, changed ? 1 : 0, key),
    count: (prefix) => count.get(prefix, prefix) ?? 0,
    forget: (prefix, run) => forget.all(prefix, prefix, run),
  };
}
