import type { Statistics } from '../../api/statistics.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Panel } from '../../parts/panel.tsx';
import { formatCount } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';

/** How often conversations were compacted, by what set it off. */
export function CompactionsPanel({ compactions }: Pick<Statistics, 'compactions'>) {
  return (
    <Panel title="Compactions">
      {compactions.length === 0 ? (
        <EmptyNote title="None" />
      ) : (
        <dl class="pairs">
          {compactions.map(({ trigger, compactions: count }) => (
            <div key={trigger}>
              <dt>
                <Shown text={trigger} longest={60} />
              </dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
