import type { Database } from 'better-sqlite3';
import type { Entry } from '../../model/entry.ts';
import { wordsOf } from '../../model/event-facets.ts';
import type { KeptEntry } from './entry-statements.ts';
import { EventCounts } from './event-counts.ts';
import { EventKinds } from './event-kinds.ts';
import { prepareWordIndex, type WordIndex } from './word-index.ts';
import type { TransactionListener } from './write-transactions.ts';

/** Keeps true what events are found and counted by, in the transaction that writes them. */
export class EventIndex implements TransactionListener {
  readonly #words: WordIndex;
  readonly #counts: EventCounts;
  readonly kinds: EventKinds;

  constructor(db: Database) {
    this.kinds = new EventKinds(db);
    this.#words = prepareWordIndex(db);
    this.#counts = new EventCounts(db);
  }

  add(id: number, entry: Entry): void {
    this.#words.add(id, wordsOf(entry.facets));
    this.kinds.note(entry.key, entry.node.subtype);
    this.#count(entry, 1);
  }

  /** An entry took the place of one that is kept; `isReworded` where it may be found by other words. */
  change(stored: KeptEntry, entry: Entry, isReworded: boolean): void {
    const { what, how } = entry.facets;
    if (isReworded || stored.what !== what || stored.how !== how) this.#words.add(stored.id, wordsOf(entry.facets));
    if (stored.hidden === 1) return;
    this.#countKept(stored, entry.node.subtype, -1);
    this.#count(entry, 1);
  }

  /** An entry is no longer counted, as it has gone or its node is deleted. */
  remove(stored: KeptEntry, subtype: string): void {
    if (stored.hidden === 0) this.#countKept(stored, subtype, -1);
  }

  /** An entry is counted once more, as its node is no longer deleted. */
  bringBack(stored: KeptEntry, subtype: string): void {
    if (stored.hidden === 1) this.#countKept(stored, subtype, 1);
  }

  /** The transaction is about to be in: writes what was counted. */
  end(): void {
    this.#counts.write();
  }

  /** A transaction was undone. */
  forget(): void {
    this.#counts.forget();
    this.kinds.forget();
  }

  #countKept(stored: KeptEntry, subtype: string, sign: 1 | -1): void {
    const { key, drafts } = stored;
    this.#counts.count({ key, drafts, subtype }, stored, sign);
  }

  #count({ key, drafts, node, facets }: Entry, sign: 1 | -1): void {
    this.#counts.count({ key, drafts, subtype: node.subtype }, facets, sign);
  }
}
