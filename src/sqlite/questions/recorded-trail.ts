import type { Database } from 'better-sqlite3';
import { entityId } from '../../model/entity.ts';
import { HAS_EVENT, type TrailSummary, type TrailUser } from '../../model/trail.ts';
import { TrailTally } from '../../model/trail-tally.ts';
import { hasAuditTables } from '../audit-tables.ts';
import type { EdgeTable } from '../edge-table.ts';
import type { StoredName } from './trail-reader.ts';

/** Trails of fewer events are looked at one by one. */
const MANY_EVENTS = 20_000;

/**
 * Prepares telling what hangs on a trail from what is kept of events, where every event that is recorded hangs there and
 * none beside; undefined for a trail of which that cannot be told, or that is small enough to be looked at.
 */
export function prepareRecordedTrail(
  db: Database,
  edges: EdgeTable,
  nameOf: StoredName,
): (trail: string) => TrailSummary | undefined {
  if (!hasAuditTables(db)) return () => undefined;
  const name = (column: 'edge_type' | 'from_node') => edges.get(column) ?? column;
  const hung = db
    .prepare<[string, string], number>(
      `SELECT count(*) FROM kg_edges WHERE ${name('from_node')} = ? AND ${name('edge_type')} = ?`,
    )
    .pluck();
  const recorded = db.prepare<[], number>('SELECT count(*) FROM audit_entries').pluck();
  const days = db.prepare<[], { day: string; subtype: string; events: number }>(
    'SELECT day, subtype, events FROM audit_days WHERE events > 0',
  );
  const span = db.prepare<[], { first: number | null; last: number | null }>(
    'SELECT min(first) AS first, max(last) AS last FROM audit_entries WHERE last IS NOT NULL',
  );
  const users = db.prepare<[], { user: string; actions: number }>(
    'SELECT user, count(*) AS actions FROM audit_entries WHERE user IS NOT NULL GROUP BY user ORDER BY actions DESC, user',
  );
  const userOf = ({ user, actions }: { user: string; actions: number }): TrailUser => {
    const id = entityId('user', user);
    return { id, name: nameOf(id), actions };
  };
  return (trail) => {
    const events = hung.get(trail, HAS_EVENT) ?? 0;
    if (events < MANY_EVENTS || events !== recorded.get()) return undefined;
    const tally = new TrailTally();
    for (const { day, subtype, events: count } of days.iterate()) tally.addDay(day, subtype, count);
    const { first, last } = span.get() ?? { first: null, last: null };
    if (first !== null && last !== null) tally.addSpan({ first, last });
    return tally.summary(users.all().map(userOf));
  };
}
