import { readDays } from '../../model/day-counts.ts';
import { daysOf } from '../../model/days-of.ts';
import { sessionOf } from '../../model/event-facets.ts';
import { unescapePart } from '../../model/key.ts';
import { type ErrorCount, type ErrorFilter, TOOL_ERRORS } from '../../model/statistics.ts';
import { compareUtf8 } from '../../model/text.ts';
import type { Transaction } from '../transaction.ts';
import { lastWithin, matchCounted, readSpread, type SpreadEntry, touching, withLabels } from './counted-rows.ts';
import { readDayRows, withinDays } from './day-rows.ts';
import type { KindRange, StatisticsShop } from './statistics-shop.ts';

/** What errors are counted by: a name in Cypher, whether it is escaped as in a key, and the name of one entry. */
interface Naming {
  readonly cypher: string;
  readonly isEscaped: string;
  readonly of: (entry: SpreadEntry) => string | null;
}

const NAMINGS = {
  tool: { cypher: "coalesce(e.what, '')", isEscaped: 'FALSE', of: ({ what }) => what ?? '' },
  type: { cypher: "coalesce(e.how, '')", isEscaped: 'FALSE', of: ({ how }) => how ?? '' },
  session: {
    cypher: "CASE WHEN e.session = '' THEN split(e.key, ':')[range.part] ELSE e.session END",
    isEscaped: "e.session = ''",
    of: ({ key, session }) => sessionOf(key, session),
  },
  /** Of errors that are told apart by more, the session is that of the key. */
  sessionOfKey: {
    cypher: "split(e.key, ':')[range.part]",
    isEscaped: 'TRUE',
    of: ({ key }) => sessionOf(key, ''),
  },
} as const satisfies Record<string, Naming>;

/** Errors by tool, type or session, in no order. */
export async function countErrorsBy(
  tx: Transaction,
  shop: StatisticsShop,
  by: keyof typeof NAMINGS,
  filter: ErrorFilter,
): Promise<ReadonlyMap<string, ErrorCount>> {
  const naming: Naming = NAMINGS[by];
  const isDated = filter.since !== undefined || filter.until !== undefined;
  const ranges = errorRanges(shop, isDated);
  const tests = [withLabels(filter), touching(filter)];
  const counts = new Map<string, ErrorCount>();
  const add = (name: string, errors: number, events: number) => {
    const sum = counts.get(name);
    counts.set(name, { name, errors: errors + (sum?.errors ?? 0), events: events + (sum?.events ?? 0) });
  };
  const { match, parameters } = matchCounted(shop, ranges, ...tests);
  // Of a time, what is spread over days is looked at one by one.
  const rows = await tx.run<{ name: string | null; isEscaped: boolean; errors: bigint; events: bigint }>(
    `${match} ${isDated ? 'AND e.days IS NULL' : ''}
     WITH ${naming.cypher} AS name, ${naming.isEscaped} AS isEscaped, sum(e.drafts) AS errors,
       sum(CASE WHEN ${lastWithin(filter).condition} THEN 1 ELSE 0 END) AS events
     RETURN name, isEscaped, errors, events`,
    parameters,
  );
  for (const { name, isEscaped, errors, events } of rows) {
    if (name !== null) add(isEscaped ? unescapePart(name) : name, Number(errors), Number(events));
  }
  if (!isDated) return counts;
  const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = filter;
  for (const range of ranges) {
    for await (const page of readSpread(tx, shop, range, ...tests)) {
      for (const entry of page) {
        const [name, errors] = [naming.of(entry), errorsWithin(entry, filter)];
        const last = Number(entry.last);
        if (name !== null && errors > 0) add(name, errors, last >= since && last <= until ? 1 : 0);
      }
    }
  }
  return counts;
}

/** Asks for errors by tool, type or day: one more than the limit where there are more. */
export async function readErrorCounts(
  tx: Transaction,
  shop: StatisticsShop,
  by: 'tool' | 'type' | 'day',
  filter: ErrorFilter,
  limit: number,
): Promise<readonly ErrorCount[]> {
  if (by !== 'day') {
    const counts = await countErrorsBy(tx, shop, by, filter);
    return [...counts.values()].sort((a, b) => b.errors - a.errors || compareUtf8(a.name, b.name)).slice(0, limit + 1);
  }
  const rows = await readDayRows(tx, shop, errorRanges(shop, false), withLabels(filter));
  return withinDays(rows, filter)
    .map(({ day, rows: errors, events }) => ({ name: day, errors, events }))
    .sort((a, b) => compareUtf8(b.name, a.name))
    .slice(0, limit + 1);
}

/** The keys of errors; without a time, of whatever is counted as such. */
function errorRanges({ ranges }: StatisticsShop, isDated: boolean): readonly KindRange[] {
  const { subtype, prefix } = TOOL_ERRORS;
  return ranges.filter((range) => (isDated ? range.kind === prefix : range.subtype === subtype));
}

function errorsWithin({ days }: SpreadEntry, filter: ErrorFilter): number {
  const { since, until } = daysOf(filter);
  return readDays(days)
    .filter(([day]) => day >= since && day <= until)
    .reduce((sum, [, rows]) => sum + rows, 0);
}
