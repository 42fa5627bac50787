import { address, type Parameters } from '../../api/address.ts';
import { type Route, routeLink } from '../../routes/route.ts';

export const RANGES = [
  ['7d', '7 days'],
  ['30d', '30 days'],
  ['90d', '90 days'],
  ['all', 'All time'],
] as const;
type Range = (typeof RANGES)[number][0];

/** What errors are told apart by. */
type Facet = 'tool' | 'type';

/** How the overview is looked at. */
export interface OverviewQuery {
  readonly range: Range;
  readonly by: Facet;
  /** Errors of this tool alone; empty for all. */
  readonly tool: string;
  readonly errorType: string;
}

/** Reads it from where the page stands. */
export function overviewQuery({ query }: Route): OverviewQuery {
  const [range] = RANGES.find(([name]) => name === query['range']) ?? RANGES[1];
  const { tool = '', type: errorType = '' } = query;
  // Of one tool alone, its types are what tells errors apart, and the other way round.
  const usual = tool !== '' && errorType === '' ? 'type' : 'tool';
  const by = query['by'] === 'tool' || query['by'] === 'type' ? query['by'] : usual;
  return { range, by, tool, errorType };
}

/** Where the overview is looked at so. */
export function overviewLink({ range, by, tool, errorType }: OverviewQuery): string {
  const usual = tool !== '' && errorType === '' ? 'type' : 'tool';
  return routeLink('overview', '', {
    tool,
    type: errorType,
    range: range === '30d' ? '' : range,
    by: by === usual ? '' : by,
  });
}

/** The address of statistics for it. */
export function statsAddress({ range, tool, errorType }: OverviewQuery, rest: Parameters = {}): string {
  const since = range === 'all' ? undefined : range;
  return address('/stats', { since, tool, error_type: errorType, ...rest });
}
