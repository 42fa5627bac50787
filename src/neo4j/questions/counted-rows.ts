import { LONGEST_LABEL } from '../../model/event-facets.ts';
import type { DayRange, ErrorFilter } from '../../model/statistics.ts';
import { firstCodePoints } from '../../model/text.ts';
import type { Parameter, Parameters, Transaction } from '../transaction.ts';
import type { KindRange, StatisticsShop } from './statistics-shop.ts';

/** Entries in one read. */
const AT_ONCE = 5000n;

/** A condition on entries `e`, and the values of its parameters. */
export interface EntryTest {
  readonly condition: string;
  readonly parameters: Parameters;
}

/** Entries whose last moment is within a range; what has no time is left out unless it is open at both ends. */
export function lastWithin({ since, until }: DayRange): EntryTest {
  const tests = [
    ...(since === undefined ? [] : ['e.last >= $since']),
    ...(until === undefined ? [] : ['e.last <= $until']),
  ];
  return { condition: tests.join(' AND ') || 'TRUE', parameters: momentsOf({ since, until }) };
}

/** Entries that were within a range at all, be it between their rows. */
export function touching({ since, until }: DayRange): EntryTest {
  const tests = [
    ...(since === undefined ? [] : ['e.last >= $since']),
    ...(until === undefined ? [] : ['e.first <= $until']),
  ];
  return { condition: tests.join(' AND ') || 'TRUE', parameters: momentsOf({ since, until }) };
}

/** Entries of a tool and a type. */
export function withLabels({ tool, errorType }: Pick<ErrorFilter, 'tool' | 'errorType'>): EntryTest {
  const label = (text: string) => firstCodePoints(text, LONGEST_LABEL);
  return {
    condition: `${tool === undefined ? 'TRUE' : 'e.what = $tool'} AND ${errorType === undefined ? 'TRUE' : 'e.how = $type'}`,
    parameters: {
      ...(tool !== undefined && { tool: label(tool) }),
      ...(errorType !== undefined && { type: label(errorType) }),
    },
  };
}

/** What finds the entries `e` of some ranges that count and meet some tests. */
export function matchCounted(
  { counted }: StatisticsShop,
  ranges: readonly KindRange[],
  ...tests: readonly EntryTest[]
): { readonly match: string; readonly parameters: { readonly [name: string]: Parameter } } {
  const conditions = [counted, ...tests].map(({ condition }) => `(${condition})`).join(' AND ');
  return {
    match: `UNWIND $ranges AS range MATCH (e:AuditEntry)
      WHERE e.key >= range.low AND e.key < range.before AND ${conditions}`,
    parameters: Object.assign(
      { ranges: ranges.map((range) => ({ ...range })) },
      ...[counted, ...tests].map(({ parameters }) => parameters),
    ),
  };
}

/** An entry whose rows are of several days. */
export interface SpreadEntry {
  readonly key: string;
  readonly last: bigint | null;
  readonly what: string | null;
  readonly how: string | null;
  readonly session: string | null;
  readonly days: string;
}

/** Reads those of a range whose rows are of several days, page by page: what they say of days is JSON. */
export async function* readSpread(
  tx: Transaction,
  shop: StatisticsShop,
  range: KindRange,
  ...tests: readonly EntryTest[]
): AsyncGenerator<readonly SpreadEntry[], void> {
  for (let { low } = range; ; ) {
    const { match, parameters } = matchCounted(shop, [{ ...range, low }], ...tests);
    const rows = await tx.run<SpreadEntry>(
      `${match} AND e.days IS NOT NULL WITH e ORDER BY e.key LIMIT $limit
       RETURN e.key AS key, e.last AS last, e.what AS what, e.how AS how, e.session AS session, e.days AS days`,
      { ...parameters, limit: AT_ONCE },
    );
    yield rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    low = `${last.key}\0`;
  }
}

function momentsOf({ since, until }: DayRange): Parameters {
  return {
    ...(since !== undefined && { since: BigInt(Math.ceil(since)) }),
    ...(until !== undefined && { until: BigInt(Math.floor(until)) }),
  };
}
