import type { Database } from 'better-sqlite3';
import { CHANGE_LOG } from '../../model/change.ts';
import type { ChangeLog } from './change-log.ts';

/** Rows of the log that go in one transaction. */
const AT_ONCE = 2000;

/** How far it is: how many changes are gone, and which row of the log tells of it. */
export interface Pruned {
  readonly gone: number;
  readonly entry: number | bigint | undefined;
}

/** Drops what is old from the log of changes, which keeps that it was pruned, and how many changes went. */
export class PrunedChanges {
  readonly #changes: ChangeLog;
  readonly #old;
  readonly #drop;
  readonly #record;

  constructor(db: Database, changes: ChangeLog) {
    this.#changes = changes;
    const isOld = `at < ? AND component <> '${CHANGE_LOG}'`;
    this.#old = db.prepare<[string, number], { readonly id: number; readonly amount: number }>(
      `SELECT id, amount FROM audit_changes WHERE ${isOld} ORDER BY id LIMIT ?`,
    );
    this.#drop = db.prepare<[number]>('DELETE FROM audit_changes WHERE id = ?');
    this.#record = db.prepare<[string, number | bigint]>('UPDATE audit_changes SET after = ? WHERE id = ?');
  }

  /** Drops some of them within a transaction, and gives how far it is then; others may be at the same. */
  dropSome(before: string, sofar: Pruned, actor: string): Pruned {
    const rows = this.#old.all(before, AT_ONCE);
    if (rows.length === 0) return sofar;
    const total = rows.reduce((sum, { amount }) => sum + amount, sofar.gone);
    const after = JSON.stringify({ before, changes: total });
    const change = { component: CHANGE_LOG, recordId: `before ${before}`, operation: 'prune', actor, after } as const;
    if (sofar.entry !== undefined) this.#record.run(after, sofar.entry);
    // Told before they go: the numbers of changes go on, and none is given twice.
    const entry = sofar.entry ?? this.#changes.note(change);
    for (const { id } of rows) this.#drop.run(id);
    return { gone: total, entry };
  }
}
