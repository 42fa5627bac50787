import { readDays } from '../../model/day-counts.ts';
import { daysOf } from '../../model/days-of.ts';
import { dayOf } from '../../model/event-facets.ts';
import type { DayRange, KindCount } from '../../model/statistics.ts';
import { compareUtf8 } from '../../model/text.ts';
import type { Transaction } from '../transaction.ts';
import { type EntryTest, matchCounted, readSpread } from './counted-rows.ts';
import type { KindRange, StatisticsShop } from './statistics-shop.ts';

const MS_A_DAY = 86_400_000;

/** How many events of a subtype were last on a day, empty where none is known, and how many rows of the source were of it. */
export interface DayRow extends KindCount {
  readonly day: string;
}

/** Counts events and rows by day. */
export async function readDayRows(
  tx: Transaction,
  shop: StatisticsShop,
  ranges: readonly KindRange[],
  ...tests: readonly EntryTest[]
): Promise<readonly DayRow[]> {
  const table = new Map<string, DayRow>();
  const add = (subtype: string, day: string, events: number, rows: number) => {
    const name = JSON.stringify([subtype, day]);
    const sum = table.get(name);
    table.set(name, { subtype, day, events: events + (sum?.events ?? 0), rows: rows + (sum?.rows ?? 0) });
  };
  const { match, parameters } = matchCounted(shop, ranges, ...tests);
  const counts = await tx.run<{ subtype: string; day: bigint | null; events: bigint; rows: bigint }>(
    `${match} WITH range.subtype AS subtype,
       CASE WHEN e.last IS NULL THEN null ELSE toInteger(floor(e.last / ${MS_A_DAY}.0)) END AS day,
       count(e) AS events, sum(CASE WHEN e.days IS NULL THEN e.drafts ELSE 0 END) AS rows
     RETURN subtype, day, events, rows`,
    parameters,
  );
  for (const { subtype, day, events, rows } of counts) {
    add(subtype, dayOf(day === null ? null : Number(day) * MS_A_DAY), Number(events), Number(rows));
  }
  for (const range of ranges) {
    for await (const page of readSpread(tx, shop, range, ...tests)) {
      for (const { days } of page) for (const [day, some] of readDays(days)) add(range.subtype, day, 0, some);
    }
  }
  return [...table.values()];
}

/** Those of a range of days; without one, what has no day too. */
export function withinDays(rows: readonly DayRow[], range: DayRange): readonly DayRow[] {
  const { since, until } = daysOf(range);
  return rows.filter(({ day }) => compareUtf8(day, since) >= 0 && compareUtf8(day, until) <= 0);
}

/** The days together, by subtype and in its order. */
export function bySubtype(rows: readonly DayRow[]): readonly KindCount[] {
  const kinds = new Map<string, KindCount>();
  for (const { subtype, events, rows: some } of rows) {
    const sum = kinds.get(subtype);
    kinds.set(subtype, { subtype, events: events + (sum?.events ?? 0), rows: some + (sum?.rows ?? 0) });
  }
  return [...kinds.values()].sort((a, b) => compareUtf8(a.subtype, b.subtype));
}
