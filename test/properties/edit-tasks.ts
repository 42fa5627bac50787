import Database from 'better-sqlite3';
import type { Cell } from '../../fixtures/sessions-db.ts';
import type { TaskEdit } from './growing-source.ts';
import type { SourceCase } from './source-cases.ts';

/** Changes tasks in place, as the live writer does; `updated_at` stays as it was. */
export function editTasks(path: string, source: SourceCase, edits: readonly TaskEdit[]): void {
  const table = source.tables.task_tracking.shape.view ? 'stored_task_tracking' : 'task_tracking';
  const db = new Database(path);
  try {
    const ids = db.prepare<[], Cell>(`SELECT id FROM ${table}`).pluck().safeIntegers().all();
    const update = db.prepare<Cell[]>(`UPDATE ${table} SET outcome = ?, task_description = ? WHERE id IS ?`);
    for (const { place, outcome, description } of edits) {
      const id = ids[Math.floor(place * ids.length)];
      if (id !== undefined) update.run(outcome, description, id);
    }
  } finally {
    db.close();
  }
}
