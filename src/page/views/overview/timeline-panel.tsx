import { useState } from 'preact/hooks';
import { useAsked } from '../../api/use-answer.ts';
import type { Bucket } from '../../charts/buckets.ts';
import { Legend } from '../../charts/legend.tsx';
import { TimelineTable } from '../../charts/timeline-table.tsx';
import { Awaited } from '../../parts/awaited.tsx';
import { Choice } from '../../parts/choice.tsx';
import { later } from '../../parts/later.tsx';
import { Panel } from '../../parts/panel.tsx';
import { routeLink } from '../../routes/route.ts';
import { goTo } from '../../routes/use-route.ts';
import { countOf } from '../../text/numbers.ts';
import { askTimeline } from './ask-timeline.ts';
import { NothingThen } from './nothing-then.tsx';
import { type OverviewQuery, overviewLink } from './overview-query.ts';

const StackedBars = later(() => import('../../charts/stacked-bars.tsx'), 'chart');

/** Errors over time, by tool or by type, as bars or as a table. */
export function TimelinePanel({ query }: { readonly query: OverviewQuery }) {
  const [form, setForm] = useState<'chart' | 'table'>('chart');
  const question = useAsked(overviewLink(query), (signal) => askTimeline(query, signal));
  const { by, tool, errorType } = query;
  const linkTo = (name: string) =>
    overviewLink(by === 'tool' ? { ...query, tool: name, by: 'type' } : { ...query, errorType: name, by: 'tool' });
  const choose = ({ day, until }: Bucket) =>
    goTo(routeLink('search', '', { subtype: 'tool_error', tool, error_type: errorType, since: day, until }));
  const aside = (
    <div class="panel-tools">
      <Choice
        label="Tell errors apart by"
        value={by}
        options={[
          ['tool', 'By tool'],
          ['type', 'By type'],
        ]}
        choose={(value) => goTo(overviewLink({ ...query, by: value }))}
      />
      <Choice
        label="Show as"
        value={form}
        options={[
          ['chart', 'Chart'],
          ['table', 'Table'],
        ]}
        choose={setForm}
      />
    </div>
  );
  return (
    <Panel title="Errors over time" aside={aside} wide>
      <Awaited question={question} lines={8}>
        {(timeline) =>
          timeline === null ? (
            <NothingThen query={query} />
          ) : (
            <>
              {form === 'chart' ? (
                <StackedBars timeline={timeline} choose={choose} />
              ) : (
                <TimelineTable timeline={timeline} />
              )}
              <Legend series={timeline.series} linkTo={linkTo} />
              <p class="fine-print">
                Calls that failed, by {timeline.grain}, in UTC.
                {form === 'chart' && ' A bar leads to what it is made of.'}
                {timeline.undated > 0 && ` ${countOf(timeline.undated, 'error')} of no known day left out.`}
              </p>
            </>
          )
        }
      </Awaited>
    </Panel>
  );
}
