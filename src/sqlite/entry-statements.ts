import type { Database } from 'better-sqlite3';
import type { Entry, StoredEntry } from '../model/entry.ts';

/** An entry as it is kept. */
export interface KeptEntry extends StoredEntry {
  /** The run that touched it last, and whether that run changed its node: 1 or 0. */
  readonly run: number;
  readonly changed: number;
}

/** An entry's leaf, and the run that touched it last. */
export interface EntryMark {
  readonly key: string;
  readonly leaf: string;
  readonly run: number;
}

/** Reads and writes what is kept of entries. */
export interface EntryStatements {
  find(key: string): KeptEntry | undefined;
  /** False, and nothing done, where there is one of this key already. */
  insert(entry: Entry, leaf: string, run: number): boolean;
  update(entry: Entry, leaf: string, run: number, changed: boolean): void;
  count(prefix: string): number;
  /** Some entries with a prefix after a key, in order, each with the run that touched it last. */
  page(prefix: string, after: string): readonly EntryMark[];
  remove(key: string): void;
}

/** So many entries are looked at in one read. */
const ENTRIES_IN_A_PAGE = 1000;

/** The keys with a prefix are a range, whatever the encoding, as it is ASCII and `;` follows `:`. */
const rangeOf = (prefix: string): readonly [from: string, before: string] => [`${prefix}:`, `${prefix};`];

/** Prepares them. The tables must be there. */
export function prepareEntryStatements(db: Database): EntryStatements {
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
  const count = db
    .prepare<[string, string], number>('SELECT count(*) FROM audit_entries WHERE key >= ? AND key < ?')
    .pluck();
  const page = db.prepare<[string, string], EntryMark>(
    `SELECT key, leaf, run FROM audit_entries WHERE key > ? AND key < ? ORDER BY key LIMIT ${ENTRIES_IN_A_PAGE}`,
  );
  const remove = db.prepare('DELETE FROM audit_entries WHERE key = ?');
  return {
    find: (key) => find.get(key),
    insert: ({ key, drafts, state }, leaf, run) => insert.run(key, drafts, state, leaf, run).changes > 0,
    update: ({ key, drafts, state }, leaf, run, changed) =>
      void update.run(drafts, state, leaf, run, changed ? 1 : 0, key),
    count: (prefix) => count.get(...rangeOf(prefix)) ?? 0,
    page: (prefix, after) => page.all(after, rangeOf(prefix)[1]),
    remove: (key) => void remove.run(key),
  };
}
