import type { Database } from 'better-sqlite3';

/**
 * The words of entries, by their numbers, in `audit_words`. It is a coarse one: words that an entry had once, and numbers of
 * entries that are gone, may stay in it, so what it finds is looked at again. In turn it costs a first run little.
 */
export interface WordIndex {
  add(id: number, words: string): void;
}

/** Prepares it. The table must be there. */
export function prepareWordIndex(db: Database): WordIndex {
  const insert = db.prepare('INSERT INTO audit_words(rowid, words) VALUES (?, ?)');
  return { add: (id, words) => void insert.run(id, words) };
}
