import type { Database } from 'better-sqlite3';
import type { Entry, StoredEntry } from '../../model/entry.ts';
import type { EventFacets } from '../../model/event-facets.ts';

/** The facets of an entry that are kept beside it; its words are kept elsewhere. */
type KeptFacets = Omit<EventFacets, 'text'>;

/** An entry as it is kept. */
export interface KeptEntry extends StoredEntry, KeptFacets {
  readonly id: number;
  readonly key: string;
  /** The run that touched it last, and whether that run changed its node: 1 or 0. */
  readonly run: number;
  readonly changed: number;
  /** The mark of the linkers that made its edges as it stands; 0 where none did. */
  readonly linked: number;
  /** 1 where its node is deleted and it is left out of all counts, else 0. */
  readonly hidden: number;
}

/** What is noted of an entry when it is written. */
interface Marks {
  readonly run: number;
  readonly changed: boolean;
  readonly linked: number;
}

/** Reads and writes what is kept of entries. */
export interface EntryStatements {
  find(key: string): KeptEntry | undefined;
  /** Its number; undefined, and nothing done, where there is one of this key already. */
  insert(entry: Entry, leaf: string, marks: Pick<Marks, 'run' | 'linked'>): number | undefined;
  update(entry: Entry, leaf: string, marks: Marks): void;
  count(prefix: string): number;
  /** Some entries with a prefix after a key, in order. */
  page(prefix: string, after: string): readonly KeptEntry[];
  /** The keys of some that are counted, with a prefix and after a key, in order. */
  counted(prefix: string, after: string): readonly string[];
  remove(key: string): void;
  /** Notes whether an entry is left out of all counts. */
  hide(key: string, isHidden: boolean): void;
}

/** So many entries are looked at in one read. */
const ENTRIES_IN_A_PAGE = 1000;

/** The keys with a prefix are a range, whatever the encoding, as it is ASCII and `;` follows `:`. */
const rangeOf = (prefix: string): readonly [from: string, before: string] => [`${prefix}:`, `${prefix};`];

/** Prepares them. The tables must be there. */
export function prepareEntryStatements(db: Database): EntryStatements {
  const select = `SELECT id, key, drafts, state, leaf, run, changed, first, last, session, user, what, how, days,
    linked, hidden FROM audit_entries`;
  const find = db.prepare<[string], KeptEntry>(`${select} WHERE key = ?`);
  const insert = db.prepare(
    `INSERT INTO audit_entries(key, drafts, state, leaf, run, changed, first, last, session, user, what, how, days,
       linked)
     VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO NOTHING`,
  );
  const update = db.prepare(
    `UPDATE audit_entries SET drafts = ?, state = ?, leaf = ?, run = ?, changed = ?, first = ?, last = ?, session = ?,
       user = ?, what = ?, how = ?, days = ?, linked = ? WHERE key = ?`,
  );
  const count = db
    .prepare<[string, string], number>('SELECT count(*) FROM audit_entries WHERE key >= ? AND key < ?')
    .pluck();
  const page = db.prepare<[string, string], KeptEntry>(
    `${select} WHERE key > ? AND key < ? ORDER BY key LIMIT ${ENTRIES_IN_A_PAGE}`,
  );
  const counted = db
    .prepare<[string, string], string>(
      `SELECT key FROM audit_entries WHERE key > ? AND key < ? AND hidden = 0 ORDER BY key LIMIT ${ENTRIES_IN_A_PAGE}`,
    )
    .pluck();
  const remove = db.prepare('DELETE FROM audit_entries WHERE key = ?');
  const hide = db.prepare('UPDATE audit_entries SET hidden = ? WHERE key = ?');
  return {
    find: (key) => find.get(key),
    insert: ({ key, drafts, state, facets }, leaf, { run, linked }) => {
      const { first, last, session, user, what, how, days } = facets;
      const done = insert.run(key, drafts, state, leaf, run, first, last, session, user, what, how, days, linked);
      return done.changes > 0 ? Number(done.lastInsertRowid) : undefined;
    },
    update: ({ key, drafts, state, facets }, leaf, { run, changed, linked }) => {
      const { first, last, session, user, what, how, days } = facets;
      const marks = [run, changed ? 1 : 0] as const;
      update.run(drafts, state, leaf, ...marks, first, last, session, user, what, how, days, linked, key);
    },
    count: (prefix) => count.get(...rangeOf(prefix)) ?? 0,
    page: (prefix, after) => page.all(after, rangeOf(prefix)[1]),
    counted: (prefix, after) => {
      const [from, before] = rangeOf(prefix);
      return counted.all(after === '' ? from : after, before);
    },
    remove: (key) => void remove.run(key),
    hide: (key, isHidden) => void hide.run(isHidden ? 1 : 0, key),
  };
}
