import type { Statistics } from '../../api/statistics.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { Choice } from '../../parts/choice.tsx';
import { EmptyGraph } from '../../parts/empty-graph.tsx';
import { FilterChip } from '../../parts/filter-chip.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { WarningsNote } from '../../parts/warnings-note.tsx';
import type { Route } from '../../routes/route.ts';
import { goTo } from '../../routes/use-route.ts';
import { ToolsPanel, TypesPanel } from './count-panel.tsx';
import { KindTiles } from './kind-tiles.tsx';
import { overviewLink, overviewQuery, RANGES, statsAddress } from './overview-query.ts';
import { SessionsPanel } from './sessions-panel.tsx';
import { TasksPanel } from './tasks-panel.tsx';
import { TimelinePanel } from './timeline-panel.tsx';

const ROWS = 8;

/** What went wrong, when, and where most of it did. */
export function OverviewView({ route }: { readonly route: Route }) {
  const query = overviewQuery(route);
  const { range, tool, errorType } = query;
  const all = { ...query, tool: '', errorType: '' };
  const question = useAnswer<Statistics>(statsAddress(all, { limit: ROWS }));
  // Of a part of time there may be nothing, and yet something in the graph.
  const whole = useAnswer<Statistics>('/stats?limit=1');
  const isEmpty = whole.state === 'answered' && whole.answer.kinds.length === 0;
  return (
    <>
      <ViewHead title="Overview">
        {!isEmpty && (
          <Choice
            label="Time"
            value={range}
            options={RANGES}
            choose={(one) => goTo(overviewLink({ ...query, range: one }))}
          />
        )}
      </ViewHead>
      {(tool !== '' || errorType !== '') && (
        <div class="chips">
          {tool !== '' && (
            <FilterChip name="tool" value={tool} without={overviewLink({ ...query, tool: '', by: 'tool' })} />
          )}
          {errorType !== '' && (
            <FilterChip name="type" value={errorType} without={overviewLink({ ...query, errorType: '', by: 'tool' })} />
          )}
        </div>
      )}
      {isEmpty ? (
        <EmptyGraph />
      ) : (
        <>
          <Awaited question={question} lines={2}>
            {(statistics) => <KindTiles statistics={statistics} query={query} />}
          </Awaited>
          <div class="panels">
            <TimelinePanel query={query} />
            <ToolsPanel query={query} />
            <TypesPanel query={query} />
            <SessionsPanel query={query} />
            {question.state !== 'failed' && question.answer && <TasksPanel tasks={question.answer.tasks} />}
          </div>
          {question.state === 'answered' && <WarningsNote warnings={question.answer.warnings} />}
        </>
      )}
    </>
  );
}
