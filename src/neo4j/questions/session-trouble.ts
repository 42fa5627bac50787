import {
  COMPACTION,
  type ErrorFilter,
  type Listed,
  listed,
  type SessionTrouble,
  TOOL_ERRORS,
} from '../../model/statistics.ts';
import { compareUtf8 } from '../../model/text.ts';
import { rangeOf, rangesOfSession } from '../key-ranges.ts';
import type { Transaction } from '../transaction.ts';
import { lastWithin, matchCounted } from './counted-rows.ts';
import { countErrorsBy } from './error-counts.ts';
import type { KindRange, StatisticsShop } from './statistics-shop.ts';
import type { TaskEdges } from './task-edges.ts';

interface Trouble {
  readonly session: string;
  readonly errors: number;
  readonly compactions: number;
}

/** Tells which sessions had most trouble. */
export async function readSessionTrouble(
  tx: Transaction,
  shop: StatisticsShop,
  edges: TaskEdges,
  filter: ErrorFilter,
  limit: number,
): Promise<Listed<SessionTrouble>> {
  const hasTasks = await edges.any();
  const found = listed((await readTroubles(tx, shop, filter)).slice(0, limit + 1), limit);
  const isOpen = filter.since === undefined && filter.until === undefined;
  const rows: SessionTrouble[] = [];
  for (const trouble of found.rows) {
    const errors = errorRangesOf(shop, trouble.session);
    // Of rows that were then no more is kept than their days.
    const span = isOpen ? await readSpan(tx, shop, errors, trouble.session) : { first: null, last: null };
    rows.push({ ...trouble, ...span, failedTasks: hasTasks ? await edges.failedTasksOf(errors, filter) : null });
  }
  return { rows, more: found.more };
}

/** All sessions with trouble, in order. Those with compactions alone are among them unless errors of one kind are asked for. */
async function readTroubles(tx: Transaction, shop: StatisticsShop, filter: ErrorFilter): Promise<readonly Trouble[]> {
  const isPlain = Object.values(filter).every((value) => value === undefined);
  const errors = await countErrorsBy(tx, shop, isPlain ? 'session' : 'sessionOfKey', filter);
  const compactions = await countCompactions(tx, shop, filter);
  const isLabelled = filter.tool !== undefined || filter.errorType !== undefined;
  const sessions = new Set([...errors.keys(), ...(isLabelled ? [] : compactions.keys())]);
  return [...sessions]
    .map((session) => ({
      session,
      errors: errors.get(session)?.errors ?? 0,
      compactions: compactions.get(session) ?? 0,
    }))
    .sort((a, b) => b.errors - a.errors || b.compactions - a.compactions || compareUtf8(a.session, b.session));
}

async function countCompactions(
  tx: Transaction,
  shop: StatisticsShop,
  filter: ErrorFilter,
): Promise<ReadonlyMap<string, number>> {
  const { match, parameters } = matchCounted(shop, shop.ranges, lastWithin(filter));
  const rows = await tx.run<{ session: string; compactions: bigint }>(
    `${match} AND e.session <> '' AND e.what = $what RETURN e.session AS session, count(e) AS compactions`,
    { ...parameters, what: COMPACTION },
  );
  return new Map(rows.map(({ session, compactions }) => [session, Number(compactions)]));
}

/** From when to when the events of a session are: errors have it in their keys. */
async function readSpan(
  tx: Transaction,
  shop: StatisticsShop,
  errors: readonly KindRange[],
  session: string,
): Promise<{ readonly first: number | null; readonly last: number | null }> {
  const ofErrors = matchCounted(shop, errors);
  const { condition } = shop.counted;
  const ends = 'RETURN min(e.first) AS first, max(e.last) AS last';
  const rows = await tx.run<{ first: bigint | null; last: bigint | null }>(
    `CALL { ${ofErrors.match} ${ends} } RETURN first, last UNION ALL
     CALL { MATCH (e:AuditEntry {session: $session}) WHERE e.session <> '' AND ${condition} ${ends} } RETURN first, last`,
    { ...ofErrors.parameters, session },
  );
  const known = (moments: readonly (bigint | null)[]) => moments.filter((moment) => moment !== null).map(Number);
  const [firsts, lasts] = [known(rows.map(({ first }) => first)), known(rows.map(({ last }) => last))];
  return {
    first: firsts.length === 0 ? null : Math.min(...firsts),
    last: lasts.length === 0 ? null : Math.max(...lasts),
  };
}

/** The keys of a session's errors, of all origins. */
function errorRangesOf({ ranges }: StatisticsShop, session: string): readonly KindRange[] {
  return ranges.flatMap((range) => {
    if (range.kind !== TOOL_ERRORS.prefix) return [];
    const [ofSession = rangeOf('')] = rangesOfSession([range.low.slice(0, -1)], session);
    return [{ ...range, ...ofSession }];
  });
}
