import Database from 'better-sqlite3';
import type { MergeBodies, StagedDraft, Staging } from '../model/staging.ts';
import { type Place, translating } from './translate-error.ts';

const PLACE: Place = { role: 'staging', path: '' };

interface Row {
  readonly key: string;
  readonly whole: number;
  readonly body: string;
}

/**
 * Opens a staging store in a nameless temporary database: SQLite keeps it in memory while it is small, spills it to
 * the temporary folder beyond its cache, and has unlinked it already, so that even a kill leaves nothing behind.
 */
export function openStaging(merge: MergeBodies): Staging {
  return translating(PLACE, () => {
    const db = new Database('');
    db.pragma('journal_mode = OFF');
    db.pragma('cache_size = -16000');
    db.function('merge_bodies', { deterministic: true }, (a, b) => merge(String(a), String(b)));
    db.exec('CREATE TABLE staged(key TEXT PRIMARY KEY, whole INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID');
    return new SqliteStaging(db);
  });
}

class SqliteStaging implements Staging {
  readonly #db: Database.Database;
  readonly #put;
  readonly #select;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#put = db.prepare(`INSERT INTO staged(key, whole, body) VALUES (?, ?, ?) ON CONFLICT(key)
      DO UPDATE SET body = merge_bodies(body, excluded.body) WHERE whole = 0 AND excluded.whole = 0`);
    this.#select = db.prepare<[], Row>('SELECT key, whole, body FROM staged ORDER BY key');
  }

  put(drafts: Iterable<StagedDraft>): number {
    let dropped = 0;
    translating(PLACE, () =>
      this.#db.transaction(() => {
        for (const { key, whole, body } of drafts) {
          if (this.#put.run(key, whole ? 1 : 0, body).changes === 0) dropped++;
        }
      })(),
    );
    return dropped;
  }

  count(): number {
    return this.#db.prepare<[], number>('SELECT count(*) FROM staged').pluck().get() ?? 0;
  }

  *drafts(): Generator<StagedDraft> {
    for (const { key, whole, body } of this.#select.iterate()) yield { key, whole: whole === 1, body };
  }

  close(): void {
    this.#db.close();
  }
}
