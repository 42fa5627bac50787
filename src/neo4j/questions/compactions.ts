import { COMPACTION, type CompactionCount, type DayRange, SYSTEM_EVENTS } from '../../model/statistics.ts';
import type { Transaction } from '../transaction.ts';
import { lastWithin, matchCounted } from './counted-rows.ts';
import type { StatisticsShop } from './statistics-shop.ts';

/** What brought compactions about, the most frequent first. */
export async function readCompactions(
  tx: Transaction,
  shop: StatisticsShop,
  range: DayRange,
  limit: number,
): Promise<readonly CompactionCount[]> {
  const ranges = shop.ranges.filter(({ kind }) => kind === SYSTEM_EVENTS.prefix);
  const { match, parameters } = matchCounted(shop, ranges, lastWithin(range));
  const rows = await tx.run<{ trigger: string; compactions: bigint }>(
    `${match} AND e.what = $what WITH coalesce(e.how, '') AS trigger, count(e) AS compactions
     RETURN trigger, compactions ORDER BY compactions DESC, trigger LIMIT $limit`,
    { ...parameters, what: COMPACTION, limit: BigInt(limit) },
  );
  return rows.map(({ trigger, compactions }) => ({ trigger, compactions: Number(compactions) }));
}
