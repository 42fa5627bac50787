import type { KnownSessions } from '../model/known-sessions.ts';
import { SYSTEM_EVENTS } from '../model/statistics.ts';
import { readCounted } from './counted-entries.ts';
import { rangesOfKind, readPrefixes } from './key-ranges.ts';
import type { Transaction } from './transaction.ts';

/** Tells of how many system events the session is known. */
export async function countKnownSessions(tx: Transaction): Promise<KnownSessions> {
  const prefixes = await readPrefixes(tx);
  const ranges = rangesOfKind(prefixes, SYSTEM_EVENTS.prefix);
  const { condition, parameters } = await readCounted(tx);
  const [row] = await tx.run<{ events: bigint; known: bigint }>(
    `UNWIND $ranges AS range MATCH (e:AuditEntry) WHERE e.key >= range.low AND e.key < range.before AND ${condition}
     RETURN count(e) AS events, count(e.session) AS known`,
    { ...parameters, ranges: ranges.map((range) => ({ ...range })) },
  );
  return { events: Number(row?.events ?? 0n), known: Number(row?.known ?? 0n) };
}
