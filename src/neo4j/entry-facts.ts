import { readDays } from '../model/day-counts.ts';
import { sessionOf } from '../model/event-facets.ts';
import type { KeptFacts } from '../model/node-view.ts';
import { keysOf } from './entry-keys.ts';
import type { Transaction } from './transaction.ts';

/** What of an entry facts are made of. */
export interface FactsRow {
  readonly key: string;
  readonly first: bigint | null;
  readonly last: bigint | null;
  readonly session: string | null;
  readonly days: string | null;
}

/** What is read of an entry `e`. */
export const FACT_VALUES = 'e.key AS key, e.first AS first, e.last AS last, e.session AS session, e.days AS days';

/** What an entry says beside its node. */
export function toFacts({ key, first, last, session, days }: FactsRow): KeptFacts {
  const span = first === null || last === null ? undefined : { first: Number(first), last: Number(last) };
  return { session: sessionOf(key, session), span, days: () => (days === null ? undefined : readDays(days)) };
}

/** What is kept of events by the ids of their nodes. */
export type FindFacts = (tx: Transaction, ids: readonly string[]) => Promise<ReadonlyMap<string, KeptFacts>>;

/** Of a graph that keeps nothing, or what is not understood. */
export const noFacts: FindFacts = async () => new Map();

/** What is kept of events, by the ids of their nodes; those that are not recorded are left out. */
export async function findFacts(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, KeptFacts>> {
  const keys = await keysOf(tx, ids);
  if (keys.size === 0) return new Map();
  const rows = await tx.run<FactsRow>(`UNWIND $keys AS key MATCH (e:AuditEntry {key: key}) RETURN ${FACT_VALUES}`, {
    keys: [...keys.values()],
  });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const facts = new Map<string, KeptFacts>();
  for (const [id, key] of keys) {
    const row = byKey.get(key);
    if (row !== undefined) facts.set(id, toFacts(row));
  }
  return facts;
}
