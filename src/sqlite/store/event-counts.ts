import type { Database } from 'better-sqlite3';
import { readDays } from '../../model/day-counts.ts';
import { dayOf, type EventFacets, sessionOf } from '../../model/event-facets.ts';
import { CountTable } from './count-table.ts';

/** What an event is counted by. */
type Counted = Pick<EventFacets, 'last' | 'session' | 'what' | 'how' | 'days'>;

/** An event: its key, its subtype, and how many rows it comes from. */
interface CountedEvent {
  readonly key: string;
  readonly subtype: string;
  readonly drafts: number;
}

/**
 * Keeps `audit_days`, `audit_labels` and `audit_sessions` true: changes are added up, and go in with the transaction that
 * made them.
 */
export class EventCounts {
  readonly #days: CountTable;
  readonly #labels: CountTable;
  readonly #sessions: CountTable;

  constructor(db: Database) {
    this.#days = new CountTable(db, 'audit_days', ['day', 'subtype']);
    this.#labels = new CountTable(db, 'audit_labels', ['subtype', 'what', 'how']);
    this.#sessions = new CountTable(db, 'audit_sessions', ['session', 'subtype']);
  }

  /** Counts an event in, or out. */
  count({ key, subtype, drafts }: CountedEvent, facets: Counted, sign: 1 | -1): void {
    const { last, days, what, how } = facets;
    const rows = sign * drafts;
    this.#days.add([dayOf(last), subtype], sign, days === null ? rows : 0);
    if (days !== null) for (const [day, some] of readDays(days)) this.#days.add([day, subtype], 0, sign * some);
    this.#labels.add([subtype, what ?? '', how ?? ''], sign, rows);
    const session = sessionOf(key, facets.session);
    if (session !== null) this.#sessions.add([session, subtype], sign, rows);
  }

  /** Writes what was counted, within the transaction. */
  write(): void {
    for (const table of [this.#days, this.#labels, this.#sessions]) table.write();
  }

  /** A transaction was undone. */
  forget(): void {
    for (const table of [this.#days, this.#labels, this.#sessions]) table.forget();
  }
}
