import { kindOf } from '../model/key.ts';
import type { KnownSessions } from '../model/known-sessions.ts';
import { SYSTEM_EVENTS } from '../model/statistics.ts';
import { readCounted } from './counted-entries.ts';
import { rangeOf, readPrefixes } from './key-ranges.ts';
import type { Transaction } from './transaction.ts';

/** Tells of how many system events the session is known. */
export async function countKnownSessions(tx: Transaction): Promise<KnownSessions> {
  const prefixes = await readPrefixes(tx);
  const ranges = prefixes.filter((prefix) => kindOf(prefix) === SYSTEM_EVENTS.prefix).map(rangeOf);
  const { condition, parameters } = await readCounted(tx);
  const [row] = await tx.run<{ events: bigint; known: bigint }>(
    `UNWIND $ranges AS range MATCH (e:AuditEntry) WHERE e.key >= range.low AND e.key < range.before AND ${condition}
     RETURN count(e) AS events, count(e.session) AS known`,
    { ...parameters, ranges: ranges.map((range) => ({ ...range })) },
  );
  return { events: Number(row?.events ?? 0n), known: Number(row?.known ?? 0n) };
}
