import type Database from 'better-sqlite3';
import type { MergeBodies, StagedDraft, Staging } from '../../model/staging.ts';
import { connect, keep } from '../connect.ts';
import { type Place, translating } from '../translate-error.ts';

/** What fails here is the temporary folder. */
export const STAGING: Place = { role: 'staging', path: '' };

interface Row {
  readonly key: string;
  readonly whole: number;
  readonly body: string;
  readonly drafts: number;
  readonly known: number;
}

/**
 * Opens a staging store in a nameless temporary database: SQLite keeps it in memory while it is small, spills it to
 * the temporary folder beyond its cache, and has unlinked it already, so that even a kill leaves nothing behind.
 */
export function openStaging(merge: MergeBodies): Staging {
  return translating(STAGING, () => {
    const db = connect('');
    db.exec('PRAGMA journal_mode = OFF; PRAGMA cache_size = -16000');
    db.function('merge_bodies', { deterministic: true }, (a, b) => merge(String(a), String(b)));
    db.exec(`CREATE TABLE staged(
      key TEXT PRIMARY KEY, whole INTEGER NOT NULL, body TEXT NOT NULL, drafts INTEGER NOT NULL, known INTEGER NOT NULL
    ) WITHOUT ROWID`);
    return new SqliteStaging(db);
  });
}

class SqliteStaging implements Staging {
  readonly #db: Database.Database;
  readonly #put;
  readonly #select;
  readonly #count;
  readonly #isWhole;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#put = db.prepare(`INSERT INTO staged(key, whole, body, drafts, known) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT(key) DO UPDATE SET body = merge_bodies(body, excluded.body), drafts = drafts + excluded.drafts,
        known = known + excluded.known WHERE whole = 0 AND excluded.whole = 0`);
    this.#count = db.prepare<[], number>('SELECT count(*) FROM staged').pluck();
    this.#isWhole = db.prepare<[string], number>('SELECT whole FROM staged WHERE key = ?').pluck();
    this.#select = db.prepare<[], Row>('SELECT key, whole, body, drafts, known FROM staged ORDER BY key');
  }

  put(drafts: Iterable<StagedDraft>): number {
    let dropped = 0;
    translating(STAGING, () =>
      this.#db.transaction(() => {
        for (const { key, whole, body, drafts: count, known } of drafts) {
          if (this.#put.run(key, whole ? 1 : 0, body, count, known).changes > 0) continue;
          if (!whole || this.#isWhole.get(key) === 0) throw new Error('whole and partial drafts have one key');
          dropped++;
        }
      })(),
    );
    return dropped;
  }

  has(key: string): boolean {
    return translating(STAGING, () => this.#isWhole.get(key) !== undefined);
  }

  count(): number {
    return translating(STAGING, () => this.#count.get() ?? 0);
  }

  *drafts(): Generator<StagedDraft> {
    const rows = translating(STAGING, () => keep(this.#select.iterate()));
    try {
      for (;;) {
        const { done, value } = translating(STAGING, () => rows.next());
        if (done) return;
        yield { ...value, whole: value.whole === 1 };
      }
    } finally {
      rows.return?.();
    }
  }

  close(): void {
    this.#db.close();
  }
}
