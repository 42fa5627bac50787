import type { SessionCount, StatisticsPart } from '../../api/statistics.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { EmptyGraph } from '../../parts/empty-graph.tsx';
import { SessionTable } from '../../parts/session-table.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { formatCount } from '../../text/numbers.ts';

const STEP = 50;
/** The server gives no more. */
const MOST = 1000;

/** Sessions, those with most trouble first. */
export function SessionsView({
  limit,
  showMore,
}: {
  readonly limit: number;
  readonly showMore: (limit: number) => void;
}) {
  const question = useAnswer<StatisticsPart<SessionCount>>(`/stats?by=session&limit=${limit}`);
  return (
    <>
      <ViewHead title="Sessions" over="Those with most trouble first" />
      <Awaited question={question} lines={12}>
        {({ rows, more }) =>
          rows.length === 0 ? (
            <EmptyGraph />
          ) : (
            <section class="panel" aria-label="Sessions">
              <SessionTable rows={rows} />
              {more && limit < MOST && (
                <button type="button" class="button" onClick={() => showMore(Math.min(MOST, limit + STEP))}>
                  Show {STEP} more
                </button>
              )}
              {more && limit >= MOST && <p class="fine-print">The first {formatCount(MOST)} are shown.</p>}
            </section>
          )
        }
      </Awaited>
    </>
  );
}
