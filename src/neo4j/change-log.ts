import type { LoggedChange, RecordCleaner } from '../model/change.ts';
import { uuidV7 } from '../model/uuid-v7.ts';
import { packRecords } from './packed-records.ts';
import type { Parameter, Transaction } from './transaction.ts';

/** Records of one component that one actor has made. */
interface Created {
  readonly component: string;
  readonly actor: string;
  readonly ids: string[];
}

/** What stands in every change of one transaction. */
export interface LogEntryOrigin {
  /** ISO 8601. */
  readonly now: string;
  /** The run that writes, where it is one. */
  readonly run: number | null;
  /** What tells this transaction from all others, however often it is tried. */
  readonly tx: string;
  readonly cleaner: RecordCleaner;
}

/**
 * The log of changes, `AuditChange`, written with what it tells of, in one transaction. What a new record says stands in the
 * record itself, so a transaction's new records of a component are one node with their ids.
 */
export class ChangeLog {
  readonly #origin: LogEntryOrigin;
  #created: Created[] = [];
  #createdIds = new Set<string>();
  readonly #rows: { readonly [name: string]: Parameter }[] = [];

  constructor(origin: LogEntryOrigin) {
    this.#origin = origin;
  }

  /** Tells of a change that was made. */
  note({ component, recordId, operation, actor, before, after }: LoggedChange): void {
    // That it was made is told before what became of it.
    if (this.#createdIds.has(recordId)) this.#flushCreated();
    const said = { before: before ?? null, after: after ?? null };
    this.#add({ component, operation, actor, record: recordId, last: null, records: null, amount: 1n, ...said });
  }

  /** Tells of a new record. */
  noteInsert(component: string, recordId: string, actor: string): void {
    const found = this.#created.find((one) => one.component === component && one.actor === actor);
    if (found === undefined) this.#created.push({ component, actor, ids: [recordId] });
    else found.ids.push(recordId);
    this.#createdIds.add(recordId);
  }

  /** Writes it; whatever comes after is not in the log. */
  async write(tx: Transaction): Promise<void> {
    this.#flushCreated();
    if (this.#rows.length > 0)
      await tx.run('UNWIND $rows AS row CREATE (c:AuditChange) SET c = row', { rows: this.#rows });
  }

  #flushCreated(): void {
    for (const { component, actor, ids } of this.#created) {
      const [record = ''] = ids;
      const told = ids.length === 1 ? { record, last: null, records: null } : packRecords(ids);
      this.#add({
        component,
        operation: 'insert',
        actor,
        ...told,
        amount: BigInt(ids.length),
        before: null,
        after: null,
      });
    }
    this.#created = [];
    this.#createdIds = new Set();
  }

  #add(row: { readonly [name: string]: Parameter } & { readonly component: string; readonly actor: string }): void {
    const { now, run, tx, cleaner } = this.#origin;
    this.#rows.push({
      ...row,
      component: cleaner.text(row.component),
      actor: cleaner.text(row.actor),
      number: uuidV7(),
      at: now,
      run: run === null ? null : BigInt(run),
      tx,
    });
  }
}
