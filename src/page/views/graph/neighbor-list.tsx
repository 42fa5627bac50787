import type { Neighbor, NeighborEdge, Neighbors } from '../../api/records.ts';
import { ArrowList } from '../../parts/arrow-list.tsx';
import { KindBadge } from '../../parts/kind-badge.tsx';
import { routeLink } from '../../routes/route.ts';
import { kindOf, nameWithoutKind } from '../../text/kinds.ts';
import { countOf, formatCount } from '../../text/numbers.ts';
import { Shown } from '../../text/shown.tsx';

/** What is around a node, edge type by edge type. Each leads on. */
export function NeighborList({
  neighbors: { root, nodes, edges, more },
  point,
  showMore,
}: {
  readonly neighbors: Neighbors;
  /** Told of the node that a pointer or the focus is on; of none with an empty text. */
  readonly point: (id: string) => void;
  readonly showMore: (() => void) | undefined;
}) {
  const around = nodes.filter(({ id }) => id !== root);
  const groups = Map.groupBy(around, (node) => relationOf(node, root, edges));
  const beyond = new Map(more.map((one) => [one.id, one]));
  const cut = beyond.get(root);
  const atLeast = cut?.at_least ? ' or more' : '';
  return (
    <section class="neighbors" aria-label="Around it">
      {around.length === 0 && <p class="quiet">Nothing is connected to it.</p>}
      {[...groups].map(([relation, ofGroup]) => (
        <section key={relation} aria-label={relation}>
          <h2>
            <Shown text={relation} longest={48} /> <span class="quiet">{formatCount(ofGroup.length)}</span>
          </h2>
          <ArrowList label={relation} class="plain-list">
            {ofGroup.map((node) => (
              <NeighborItem key={node.id} node={node} further={beyond.get(node.id)} point={point} />
            ))}
          </ArrowList>
        </section>
      ))}
      {cut !== undefined && (
        <p class="neighbors-more">
          and {formatCount(cut.edges)}
          {atLeast} more{' '}
          {showMore ? (
            <button type="button" class="button" onClick={showMore}>
              Show more
            </button>
          ) : (
            <span class="quiet">– more than a picture can hold</span>
          )}
        </p>
      )}
    </section>
  );
}

function NeighborItem({
  node,
  further,
  point,
}: {
  readonly node: Neighbor;
  /** How many edges lead on from it; undefined for none. */
  readonly further: Neighbors['more'][number] | undefined;
  readonly point: (id: string) => void;
}) {
  const { id, node_type, deleted } = node;
  const isMissing = node_type === 'missing';
  const [here, away] = [() => point(id), () => point('')];
  const name = <Shown text={nameWithoutKind(node) || id} longest={80} />;
  return (
    <li onMouseEnter={here} onMouseLeave={away} onFocusCapture={here} onBlurCapture={away}>
      <KindBadge kind={kindOf(node)} />
      {isMissing ? <span>{name}</span> : <a href={routeLink('graph', id)}>{name}</a>}
      {deleted && <span class="badge badge-deleted">deleted</span>}
      {further !== undefined && further.edges > 0 && (
        <span
          class="further"
          title={`leads to ${countOf(further.edges, 'edge')}${further.at_least ? ' or more' : ''} further`}
        >
          +{formatCount(further.edges)}
          {further.at_least && '…'}
        </span>
      )}
    </li>
  );
}

/** How a node is connected: the type of the edge and where it leads. */
function relationOf({ id }: Neighbor, root: string, edges: readonly NeighborEdge[]): string {
  const edge = edges.find(({ from, to }) => (from === root && to === id) || (from === id && to === root));
  if (edge === undefined) return 'further away';
  return edge.from === root ? `${edge.edge_type} →` : `← ${edge.edge_type}`;
}
