import type { Database } from 'better-sqlite3';
import { CHANGE_LOG } from '../../model/change.ts';
import type { ChangeLog } from './change-log.ts';

/** Rows of the log that go in one transaction. */
const AT_ONCE = 2000;

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
    this.#record = db.prepare<[string, string]>(
      `UPDATE audit_changes SET after = ? WHERE id = (SELECT max(id) FROM audit_changes WHERE component = '${CHANGE_LOG}' AND record_id = ?)`,
    );
  }

  /** Drops some of them within a transaction; `gone` are those that went before. Gives how many there are now. */
  dropSome(before: string, gone: number, actor: string): number {
    const rows = this.#old.all(before, AT_ONCE);
    if (rows.length === 0) return gone;
    const total = rows.reduce((sum, { amount }) => sum + amount, gone);
    const after = JSON.stringify({ before, changes: total });
    const recordId = `before ${before}`;
    // Told before they go: the numbers of changes go on, and none is given twice.
    if (gone > 0) this.#record.run(after, recordId);
    else this.#changes.note({ component: CHANGE_LOG, recordId, operation: 'prune', actor, after });
    for (const { id } of rows) this.#drop.run(id);
    return total;
  }
}
