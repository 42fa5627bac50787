import type { CardEdges } from '../../api/records.ts';
import { ArrowList } from '../../parts/arrow-list.tsx';
import { Panel } from '../../parts/panel.tsx';
import { routeLink } from '../../routes/route.ts';
import { formatCount } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';

/** The edges of a node, one way. */
export function EdgePanel({
  title,
  edges: { edges, more },
  id,
}: {
  readonly title: string;
  readonly edges: CardEdges;
  readonly id: string;
}) {
  return (
    <Panel title={title}>
      {edges.length === 0 ? (
        <p class="quiet">Nothing.</p>
      ) : (
        <ArrowList label={title} class="edge-list">
          {edges.map(({ id: edge, edge_type, other }) => (
            <li key={edge}>
              <span class="edge-type">
                <Shown text={edge_type} longest={32} />
              </span>
              <span>
                {other.in_graph ? (
                  <a href={routeLink('node', other.id)}>
                    <Shown text={other.name || other.id} longest={120} />
                  </a>
                ) : (
                  <Shown text={other.id} longest={120} />
                )}
                {!other.in_graph && <span class="badge badge-deleted">not in the graph</span>}
                {other.deleted && <span class="badge badge-deleted">deleted</span>}
              </span>
            </li>
          ))}
        </ArrowList>
      )}
      {more > 0 && (
        <p class="fine-print">
          and {formatCount(more)} more, <a href={routeLink('graph', id)}>in the graph</a>
        </p>
      )}
    </Panel>
  );
}
