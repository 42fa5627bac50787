import type { Database } from 'better-sqlite3';
import { cleanRecordJson, type RecordCleaner } from '../../model/change.ts';
import { packIds, unpackIds } from '../../model/packed-ids.ts';

/** Rows of the log that are looked at in one transaction. */
const AT_ONCE = 20;

interface Row {
  readonly id: number;
  readonly recordId: string;
  readonly lastId: string | null;
  readonly records: Uint8Array | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** Rids the log of changes of what is a secret by now. */
export class CleanedChanges {
  readonly #cleaner: RecordCleaner;
  readonly #page;
  readonly #update;

  constructor(db: Database, cleaner: RecordCleaner) {
    this.#cleaner = cleaner;
    this.#page = db.prepare<[number], Row>(
      `SELECT id, record_id AS recordId, last_id AS lastId, records, before, after FROM audit_changes
       WHERE id > ? ORDER BY id LIMIT ${AT_ONCE}`,
    );
    this.#update = db.prepare(
      'UPDATE audit_changes SET record_id = ?, last_id = ?, records = ?, before = ?, after = ? WHERE id = ?',
    );
  }

  /** Cleans some rows after one, within a transaction. Gives the last of them; undefined where there was none. */
  cleanAfter(after: number): number | undefined {
    const rows = this.#page.all(after);
    for (const row of rows) {
      const clean = row.records === null ? this.#cleanOne(row) : this.#cleanMany(row, row.records);
      if (clean !== undefined) this.#update.run(...clean, row.id);
    }
    return rows.at(-1)?.id;
  }

  #cleanOne({ recordId, before, after }: Row) {
    const id = this.#cleaner.id(recordId);
    const texts = [before, after].map((json) => json && cleanRecordJson(json, this.#cleaner));
    const isClean = id === recordId && texts[0] === before && texts[1] === after;
    return isClean ? undefined : ([id, null, null, ...texts] as const);
  }

  #cleanMany({ recordId, lastId }: Row, records: Uint8Array) {
    const ids = unpackIds(records);
    const clean = ids.map((id) => this.#cleaner.id(id));
    if (clean.every((id, at) => id === ids[at])) return undefined;
    // Others that were cleaned may come to lie beyond the bounds.
    const sorted = [...clean, this.#cleaner.id(recordId), this.#cleaner.id(lastId ?? recordId)].sort();
    return [sorted[0], sorted.at(-1), packIds(clean), null, null] as const;
  }
}
