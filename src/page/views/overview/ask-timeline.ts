import { askJson } from '../../api/ask.ts';
import type { DayCount, StatisticsPart, ToolCount, TypeCount } from '../../api/statistics.ts';
import { type Timeline, timelineOf } from '../../charts/series.ts';
import { type OverviewQuery, statsAddress } from './overview-query.ts';

/** So many names have bars of their own; the rest has one in common. */
const NAMES = 6;
const MOST_DAYS = 10_000;

/** Asks how many errors of the most frequent tools, or types, there were on each day. Null where there were none. */
export async function askTimeline(query: OverviewQuery, signal: AbortSignal): Promise<Timeline | null> {
  const [names, all] = await Promise.all([namesOf(query, signal), daysOf(query, signal)]);
  const parts = names.map(async (name) => {
    const narrowed = query.by === 'tool' ? { ...query, tool: name } : { ...query, errorType: name };
    return { name, days: await daysOf(narrowed, signal) };
  });
  return timelineOf(all, await Promise.all(parts)) ?? null;
}

async function namesOf(query: OverviewQuery, signal: AbortSignal): Promise<readonly string[]> {
  const { by, tool, errorType } = query;
  if (by === 'tool') {
    if (tool !== '') return [tool];
    const { rows } = await askPart<ToolCount>(query, { by, limit: NAMES }, signal);
    return rows.map((row) => row.tool);
  }
  if (errorType !== '') return [errorType];
  const { rows } = await askPart<TypeCount>(query, { by, limit: NAMES }, signal);
  return rows.map((row) => row.error_type);
}

async function daysOf(query: OverviewQuery, signal: AbortSignal): Promise<readonly DayCount[]> {
  const { rows } = await askPart<DayCount>(query, { by: 'day', limit: MOST_DAYS }, signal);
  return rows;
}

function askPart<Row>(
  query: OverviewQuery,
  part: { readonly by: string; readonly limit: number },
  signal: AbortSignal,
): Promise<StatisticsPart<Row>> {
  return askJson(statsAddress(query, part), { signal });
}
