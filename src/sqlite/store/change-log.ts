import type { Database } from 'better-sqlite3';
import type { LoggedChange, RecordCleaner } from '../../model/change.ts';
import { packIds } from '../../model/packed-ids.ts';
import type { TransactionListener } from './write-transactions.ts';

/** Records of one component that one actor has made in one transaction. */
interface Created {
  readonly component: string;
  readonly actor: string;
  readonly ids: string[];
}

/**
 * The log of changes in `audit_changes`, written with what it tells of, in one transaction. What a new record says stands in
 * the record itself, so a transaction's new records are one row, with their ids packed.
 */
export class ChangeLog implements TransactionListener {
  readonly #cleaner: RecordCleaner;
  readonly #insert;
  #created: Created[] = [];
  /** The ids of all of them; undefined until one is looked for, as most transactions look for none. */
  #createdIds: Set<string> | undefined;
  /** The time that is told of every change, ISO 8601. */
  now = '';
  /** The run that writes, where it is one. */
  run: number | null = null;

  constructor(db: Database, cleaner: RecordCleaner) {
    this.#cleaner = cleaner;
    this.#insert = db.prepare(
      `INSERT INTO audit_changes(at, run, component, operation, actor, record_id, last_id, records, amount, before, after)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Tells of a change that was made. Gives the row that does. */
  note({ component, recordId, operation, actor, before, after }: LoggedChange): number | bigint {
    // That it was made is told before what became of it.
    this.#createdIds ??= new Set(this.#created.flatMap(({ ids }) => ids));
    if (this.#createdIds.has(recordId)) this.end();
    const [what, who] = [this.#cleaner.text(component), this.#cleaner.text(actor)];
    const said = [before ?? null, after ?? null] as const;
    return this.#insert.run(this.now, this.run, what, operation, who, recordId, null, null, 1, ...said).lastInsertRowid;
  }

  /** Tells of a new record. */
  noteInsert(component: string, recordId: string, actor: string): void {
    this.#idsOf(component, actor).push(recordId);
    this.#createdIds?.add(recordId);
  }

  /** The transaction is about to be in, or goes on with records that were made in it. */
  end(): void {
    for (const { component, actor, ids } of this.#created) {
      const { first, last } = boundsOf(ids);
      const many = ids.length === 1 ? ([null, null] as const) : ([last, packIds(ids)] as const);
      const [what, who] = [this.#cleaner.text(component), this.#cleaner.text(actor)];
      this.#insert.run(this.now, this.run, what, 'insert', who, first, ...many, ids.length, null, null);
    }
    this.forget();
  }

  /** The transaction was undone. */
  forget(): void {
    this.#created = [];
    this.#createdIds = undefined;
  }

  #idsOf(component: string, actor: string): string[] {
    const found = this.#created.find((one) => one.component === component && one.actor === actor);
    if (found !== undefined) return found.ids;
    const ids: string[] = [];
    this.#created.push({ component, actor, ids });
    return ids;
  }
}

/** The least and the greatest id, as JavaScript orders texts: whoever looks for one leaves other rows packed. */
function boundsOf(ids: readonly string[]) {
  let [first = ''] = ids;
  let last = first;
  for (const id of ids) {
    if (id < first) first = id;
    if (id > last) last = id;
  }
  return { first, last };
}
