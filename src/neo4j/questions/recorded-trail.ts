import { entityId } from '../../model/entity.ts';
import { HAS_EVENT, type TrailSummary } from '../../model/trail.ts';
import { TrailTally } from '../../model/trail-tally.ts';
import { readEventCounts } from '../event-counts.ts';
import type { Transaction } from '../transaction.ts';
import { matchCounted } from './counted-rows.ts';
import { readDayRows } from './day-rows.ts';
import { readStatisticsShop } from './statistics-shop.ts';
import { namedUsers } from './trail-users.ts';

/** Trails of fewer events are looked at one by one. */
const MANY_EVENTS = 20_000;

/**
 * Tells what hangs on a trail from what is kept of events, where every event that is recorded hangs there, none beside, and none is
 * deleted; undefined for a trail of which that cannot be told, or that is small enough to be looked at.
 */
export async function summarizeRecorded(tx: Transaction, trail: string): Promise<TrailSummary | undefined> {
  const [hung] = await tx.run<{ events: bigint }>(
    `MATCH (t) WHERE elementId(t) = $trail RETURN count { (t)-[:${HAS_EVENT}]->() } AS events`,
    { trail },
  );
  const events = Number(hung?.events ?? 0n);
  if (events < MANY_EVENTS) return undefined;
  const { ours, entries } = await readEventCounts(tx);
  if (events !== entries || ours !== entries) return undefined;
  const shop = await readStatisticsShop(tx);
  if (shop.counted.condition !== 'TRUE') return undefined;
  const tally = new TrailTally();
  for (const { day, subtype, events: some } of await readDayRows(tx, shop, shop.ranges)) {
    if (some > 0) tally.addDay(day, subtype, some);
  }
  const { match, parameters } = matchCounted(shop, shop.ranges);
  const [span] = await tx.run<{ first: bigint | null; last: bigint | null }>(
    `${match} AND e.last IS NOT NULL RETURN min(e.first) AS first, max(e.last) AS last`,
    parameters,
  );
  if (span?.first != null && span.last !== null) tally.addSpan({ first: Number(span.first), last: Number(span.last) });
  const users = await tx.run<{ user: string; actions: bigint }>(
    'MATCH (e:AuditEntry) WHERE e.user IS NOT NULL RETURN e.user AS user, count(e) AS actions',
  );
  const actions = new Map(users.map(({ user, actions: some }) => [entityId('user', user), Number(some)]));
  return tally.summary(await namedUsers(tx, actions));
}
