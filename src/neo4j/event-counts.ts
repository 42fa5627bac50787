import { AUDIT_EVENT } from '../model/node.ts';
import { hasOthers } from './found-nodes.ts';
import { GRAPH_NODE, labelOf } from './labels.ts';
import type { Transaction } from './transaction.ts';

/** How many events there are, and how many are recorded. */
export interface EventCounts {
  /** Nodes that this program has made. */
  readonly ours: number;
  /** Whether there are nodes of others, be they events or not. */
  readonly hasOthers: boolean;
  readonly entries: number;
}

/** So few events that all of them are looked at each time. */
const FEW = 20_000;

/** Whether it takes no time to compare all events with what is recorded. */
export const areFew = ({ ours, entries }: EventCounts): boolean => ours <= FEW && entries <= FEW;

/** Reads what the server counts itself; where there are nodes of others, theirs are counted out, which takes a look at each event. */
export async function readEventCounts(tx: Transaction): Promise<EventCounts> {
  const label = labelOf(AUDIT_EVENT);
  const [entries, events] = [await count(tx, '(n:AuditEntry)'), await count(tx, `(n:${label})`)];
  const others = await hasOthers(tx);
  const theirs = others ? await count(tx, `(n:${label}) WHERE NOT n:${GRAPH_NODE}`) : 0;
  return { ours: events - theirs, hasOthers: others, entries };
}

async function count(tx: Transaction, matching: string): Promise<number> {
  const [row] = await tx.run<{ count: bigint }>(`MATCH ${matching} RETURN count(n) AS count`);
  return Number(row?.count ?? 0n);
}
