import type { SessionCount, StatisticsPart } from '../../api/statistics.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SessionTable } from '../../parts/session-table.tsx';
import { routeLink } from '../../routes/route.ts';
import { type OverviewQuery, statsAddress } from './overview-query.ts';

const ROWS = 8;

/** The sessions with most trouble. */
export function SessionsPanel({ query }: { readonly query: OverviewQuery }) {
  const question = useAnswer<StatisticsPart<SessionCount>>(statsAddress(query, { by: 'session', limit: ROWS }));
  return (
    <Panel title="Sessions with most trouble" aside={<a href={routeLink('session')}>All sessions</a>} wide>
      <Awaited question={question} lines={ROWS}>
        {({ rows }) => (rows.length === 0 ? <EmptyNote title="None" /> : <SessionTable rows={rows} />)}
      </Awaited>
    </Panel>
  );
}
