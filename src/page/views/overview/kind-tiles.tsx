import type { Statistics } from '../../api/statistics.ts';
import { routeLink } from '../../routes/route.ts';
import { countOf, formatCount } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';
import type { OverviewQuery } from './overview-query.ts';

/** What there is, in numbers. */
export function KindTiles({ statistics, query }: { readonly statistics: Statistics; readonly query: OverviewQuery }) {
  const since = query.range === 'all' ? '' : query.range;
  const kind = (subtype: string) => statistics.kinds.find((one) => one.subtype === subtype);
  const errors = kind('tool_error');
  const compactions = statistics.compactions.reduce((sum, one) => sum + one.compactions, 0);
  const search = (subtype: string) => routeLink('search', '', { subtype, since });
  const tiles = [
    {
      name: 'Tool errors',
      count: errors?.rows ?? 0,
      more: `in ${countOf(errors?.events ?? 0, 'group')}`,
      link: search('tool_error'),
      tone: 'error',
    },
    { name: 'Compactions', count: compactions, more: triggersOf(statistics), link: '', tone: 'boundary' },
    {
      name: 'System events',
      count: kind('session_boundary')?.events ?? 0,
      more: 'compactions among them',
      link: search('session_boundary'),
      tone: 'command',
    },
    {
      name: 'Tasks',
      count: kind('task_completion')?.events ?? 0,
      more: 'done, failed or open',
      link: search('task_completion'),
      tone: 'task-good',
    },
    {
      name: 'Logged actions',
      count: kind('user_action')?.events ?? 0,
      more: 'of users',
      link: search('user_action'),
      tone: 'action',
    },
  ];
  return (
    <ul class="tiles" aria-label="In numbers">
      {tiles.map(({ name, count, more, link, tone }) => (
        <li key={name} class={`tile tone-${tone}`}>
          <span class="tile-name">{link === '' ? name : <a href={link}>{name}</a>}</span>
          <span class="tile-count">{formatCount(count)}</span>
          <span class="tile-more">
            <Shown text={more} longest={60} />
          </span>
        </li>
      ))}
    </ul>
  );
}

const MOST_TRIGGERS = 3;

/** What set compactions off, like `184 auto, 38 manual`. */
function triggersOf({ compactions }: Statistics): string {
  if (compactions.length === 0) return 'of conversations';
  const told = compactions.slice(0, MOST_TRIGGERS).map((one) => `${formatCount(one.compactions)} ${one.trigger}`);
  return [...told, ...(compactions.length > MOST_TRIGGERS ? ['others'] : [])].join(', ');
}
