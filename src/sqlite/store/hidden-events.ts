import type { Database } from 'better-sqlite3';
import { prepareEntryKey } from '../entry-key.ts';
import { type EntryStatements, prepareEntryStatements } from './entry-statements.ts';
import type { EventIndex } from './event-index.ts';

/** Takes events out of all counts when their nodes are deleted, and back in when these are restored. */
export class HiddenEvents {
  readonly #entries: EntryStatements;
  readonly #index: EventIndex;
  readonly #keyOf: (id: string) => string | undefined;

  constructor(db: Database, index: EventIndex) {
    this.#entries = prepareEntryStatements(db);
    this.#index = index;
    this.#keyOf = prepareEntryKey(db);
  }

  /** By the id of a node, which may be no event of ours, and the subtype that it says it has. */
  hide(id: string, told: string | null | undefined): void {
    const entry = this.#find(id);
    if (entry === undefined || entry.hidden === 1) return;
    this.#index.remove(entry, this.#index.kinds.subtypeOf(entry.key, told));
    this.#entries.hide(entry.key, true);
  }

  show(id: string, told: string | null | undefined): void {
    const entry = this.#find(id);
    if (entry === undefined || entry.hidden === 0) return;
    this.#index.bringBack(entry, this.#index.kinds.subtypeOf(entry.key, told));
    this.#entries.hide(entry.key, false);
  }

  #find(id: string) {
    const key = this.#keyOf(id);
    return key === undefined ? undefined : this.#entries.find(key);
  }
}
