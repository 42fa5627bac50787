import type { Database } from 'better-sqlite3';
import { OWN_SUBTYPES } from '../../model/event-kinds.ts';
import { kindOf } from '../../model/key.ts';

const nameOf = (kind: string): string => `subtype of ${kind}`;

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
    const kind = kindOf(key);
    if (subtype === '' || this.#noted.has(kind)) return;
    this.#insert.run(nameOf(kind), subtype);
    this.#noted.add(kind);
  }

  /** What it is counted under; what its node says where nothing else tells. */
  subtypeOf(key: string, told: string | null | undefined): string {
    const kind = kindOf(key);
    return OWN_SUBTYPES.get(kind) ?? this.#find.get(nameOf(kind)) ?? told ?? '';
  }

  /** A transaction was undone. */
  forget(): void {
    this.#noted.clear();
    for (const kind of OWN_SUBTYPES.keys()) this.#noted.add(kind);
  }
}
