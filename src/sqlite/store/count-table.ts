import type { Database } from 'better-sqlite3';

interface Change {
  readonly key: readonly string[];
  events: number;
  rows: number;
}

/** Parts the columns of a key: texts may hold any character, but they are well-formed. */
const SEPARATOR = '\ud800';

/** A table of how many events and rows there are of each kind; changes are added up before they are written. */
export class CountTable {
  readonly #add;
  readonly #removeEmpty;
  readonly #changes = new Map<string, Change>();

  /** `columns` are the table's primary key, all of them texts. */
  constructor(db: Database, table: string, columns: readonly string[]) {
    this.#add = db.prepare<(string | number)[]>(
      `INSERT INTO ${table}(${columns.join(', ')}, events, row_count) VALUES (${columns.map(() => '?').join(', ')}, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events, row_count = row_count + excluded.row_count`,
    );
    this.#removeEmpty = db.prepare<string[]>(
      `DELETE FROM ${table} WHERE ${columns.map((column) => `${column} = ?`).join(' AND ')}
       AND events <= 0 AND row_count <= 0`,
    );
  }

  add(key: readonly [string, string, string?], events: number, rows: number): void {
    const [one, other, third] = key;
    const joined = third === undefined ? one + SEPARATOR + other : one + SEPARATOR + other + SEPARATOR + third;
    const change = this.#changes.get(joined);
    if (change === undefined) {
      this.#changes.set(joined, { key: third === undefined ? [one, other] : [one, other, third], events, rows });
      return;
    }
    change.events += events;
    change.rows += rows;
  }

  /** Writes what was added, within a transaction. */
  write(): void {
    for (const { key, events, rows } of this.#changes.values()) {
      if (events === 0 && rows === 0) continue;
      this.#add.run(...key, events, rows);
      if (events < 0 || rows < 0) this.#removeEmpty.run(...key);
    }
    this.forget();
  }

  forget(): void {
    this.#changes.clear();
  }
}
