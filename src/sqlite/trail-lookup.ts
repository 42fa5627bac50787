import type { Database } from 'better-sqlite3';
import { AUDIT_TRAIL, type TrailLookup } from '../model/trail.ts';
import type { AtOnce } from './at-once.ts';
import { quoteName } from './quote.ts';
import { softDeleted } from './soft-deleted.ts';
import type { NodeTable } from './target-schema.ts';
import type { Answer } from './translate-error.ts';

/** Prepares finding trails, within a transaction of its caller or in none. */
export function prepareTrailLookup(db: Database, { columns }: Pick<NodeTable, 'columns'>): AtOnce<TrailLookup> {
  const id = quoteName(columns.get('id') ?? 'id');
  const nodeType = quoteName(columns.get('node_type') ?? 'node_type');
  const isLive = `NOT (${softDeleted(db, 'n')})`;
  const has = db
    .prepare<[string, string], 1>(`SELECT 1 FROM kg_nodes AS n WHERE ${id} = ? AND +${nodeType} = ? AND ${isLive}`)
    .pluck();
  const ids = db
    .prepare<[string, number], string>(
      `SELECT ${id} FROM kg_nodes AS n WHERE ${nodeType} = ? AND typeof(${id}) = 'text' AND ${isLive}
       ORDER BY ${id} LIMIT ?`,
    )
    .pluck();
  const isTaken = db.prepare<[string], 1>(`SELECT 1 FROM kg_nodes WHERE ${id} = ?`).pluck();
  return {
    has: (key) => has.get(key, AUDIT_TRAIL) !== undefined,
    ids: (limit) => ids.all(AUDIT_TRAIL, limit),
    isTaken: (key) => isTaken.get(key) !== undefined,
  };
}

/** The same for those who wait for it. */
export function answeringTrailLookup(lookup: AtOnce<TrailLookup>, answer: Answer): TrailLookup {
  return {
    has: (id) => answer(() => lookup.has(id)),
    ids: (limit) => answer(() => lookup.ids(limit)),
    isTaken: (id) => answer(() => lookup.isTaken(id)),
  };
}
