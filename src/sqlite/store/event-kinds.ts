import type { Database } from 'better-sqlite3';
import { OWN_SUBTYPES } from '../../model/event-kinds.ts';

const prefixOf = (key: string): string => key.slice(0, key.indexOf(':'));
const nameOf = (prefix: string): string => `subtype of ${prefix}`;

/**
 * The subtypes that events are counted under, by what their keys begin with. A node does not always tell: `kg_nodes` may have
 * no column for it, or somebody may have changed what it says. Those of extractors from outside are noted in `audit_meta`.
 */
export class EventKinds {
  readonly #insert;
  readonly #find;
  readonly #noted = new Set<string>(OWN_SUBTYPES.keys());

  constructor(db: Database) {
    this.#insert = db.prepare<[string, string]>('INSERT OR IGNORE INTO audit_meta(name, value) VALUES (?, ?)');
    this.#find = db.prepare<[string], string>('SELECT value FROM audit_meta WHERE name = ?').pluck();
  }

  /** Notes what an event is counted under, within the transaction. */
  note(key: string, subtype: string): void {
    const prefix = prefixOf(key);
    if (subtype === '' || this.#noted.has(prefix)) return;
    this.#insert.run(nameOf(prefix), subtype);
    this.#noted.add(prefix);
  }

  /** What it is counted under; what its node says where nothing else tells. */
  subtypeOf(key: string, told: string | null | undefined): string {
    const prefix = prefixOf(key);
    return OWN_SUBTYPES.get(prefix) ?? this.#find.get(nameOf(prefix)) ?? told ?? '';
  }

  /** A transaction was undone. */
  forget(): void {
    this.#noted.clear();
    for (const prefix of OWN_SUBTYPES.keys()) this.#noted.add(prefix);
  }
}
