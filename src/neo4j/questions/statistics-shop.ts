import { OWN_SUBTYPES } from '../../model/event-kinds.ts';
import { kindOf, nodeId, originOf } from '../../model/key.ts';
import { AUDIT_EVENT } from '../../model/node.ts';
import { type Counted, readCounted } from '../counted-entries.ts';
import { findNodes } from '../found-nodes.ts';
import { type KeyRange, rangeOf, readPrefixes } from '../key-ranges.ts';
import type { Transaction } from '../transaction.ts';

/** The keys of one prefix, and the subtype that their events are counted under. */
export interface KindRange extends KeyRange {
  readonly subtype: string;
  /** Such as `err`, of whatever origin. */
  readonly kind: string;
  /** Which part of its keys, at their colons, is the first that comes from data. */
  readonly part: bigint;
}

/** What statistics are counted from: which entries there are, and which of them count. */
export interface StatisticsShop {
  readonly ranges: readonly KindRange[];
  readonly counted: Counted;
}

export async function readStatisticsShop(tx: Transaction): Promise<StatisticsShop> {
  const ranges: KindRange[] = [];
  for (const prefix of await readPrefixes(tx)) {
    const range = rangeOf(prefix);
    const kind = kindOf(range.low);
    const part = originOf(range.low) === undefined ? 1n : 2n;
    ranges.push({ ...range, kind, part, subtype: await subtypeOf(tx, prefix, kind) });
  }
  return { ranges, counted: await readCounted(tx) };
}

/** Of extractors from outside it is noted, or their first event says it. */
async function subtypeOf(tx: Transaction, prefix: string, kind: string): Promise<string> {
  const own = OWN_SUBTYPES.get(kind);
  if (own !== undefined) return own;
  const [noted] = await tx.run<{ value: string }>('MATCH (m:AuditMeta {name: $name}) RETURN m.value AS value', {
    name: `subtype of ${prefix}`,
  });
  if (noted !== undefined) return noted.value;
  const rows = await tx.run<{ key: string }>(
    'MATCH (e:AuditEntry) WHERE e.key >= $low AND e.key < $before RETURN e.key AS key ORDER BY e.key LIMIT 100',
    { ...rangeOf(prefix) },
  );
  const nodes = await findNodes(
    tx,
    rows.map(({ key }) => nodeId(AUDIT_EVENT, key)),
    false,
  );
  return [...nodes.values()].find(({ subtype }) => subtype !== null)?.subtype ?? '';
}
