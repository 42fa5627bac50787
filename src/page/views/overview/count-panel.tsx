import type { StatisticsPart, ToolCount, TypeCount } from '../../api/statistics.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { CountBars } from '../../parts/count-bars.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { type OverviewQuery, overviewLink, statsAddress } from './overview-query.ts';

const ROWS = 8;

/** The tools whose calls failed most; each narrows the view to it. */
export function ToolsPanel({ query }: { readonly query: OverviewQuery }) {
  // All tools stay in sight where one is chosen.
  const question = useAnswer<StatisticsPart<ToolCount>>(
    statsAddress({ ...query, tool: '' }, { by: 'tool', limit: ROWS }),
  );
  return (
    <Panel title="Tools">
      <Awaited question={question} lines={ROWS}>
        {({ rows }) => (
          <NamedCounts
            label="Errors by tool"
            rows={rows.map(({ tool, errors }) => ({ name: tool, count: errors }))}
            chosen={query.tool}
            linkTo={(tool) => overviewLink({ ...query, tool, by: tool === '' ? 'tool' : 'type' })}
          />
        )}
      </Awaited>
    </Panel>
  );
}

/** The types of errors that were most frequent; each narrows the view to it. */
export function TypesPanel({ query }: { readonly query: OverviewQuery }) {
  const question = useAnswer<StatisticsPart<TypeCount>>(
    statsAddress({ ...query, errorType: '' }, { by: 'type', limit: ROWS }),
  );
  return (
    <Panel title="Types of errors">
      <Awaited question={question} lines={ROWS}>
        {({ rows }) => (
          <NamedCounts
            label="Errors by type"
            rows={rows.map(({ error_type, errors }) => ({ name: error_type, count: errors }))}
            chosen={query.errorType}
            linkTo={(errorType) => overviewLink({ ...query, errorType, by: 'tool' })}
          />
        )}
      </Awaited>
    </Panel>
  );
}

function NamedCounts({
  label,
  rows,
  chosen,
  linkTo,
}: {
  readonly label: string;
  readonly rows: readonly { readonly name: string; readonly count: number }[];
  readonly chosen: string;
  /** Where a name leads; an empty one to all of them. */
  readonly linkTo: (name: string) => string;
}) {
  if (rows.length === 0) return <EmptyNote title="None" />;
  const bars = rows.map(({ name, count }) => {
    const isChosen = name === chosen;
    return { name, count, link: linkTo(isChosen ? '' : name), chosen: isChosen };
  });
  return <CountBars label={label} rows={bars} />;
}
