import { useEffect, useState } from 'preact/hooks';
import { address, encode } from '../../api/address.ts';
import type { Neighbors } from '../../api/records.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Awaited } from '../../parts/awaited.tsx';
import { later } from '../../parts/later.tsx';
import { ViewHead } from '../../parts/view-head.tsx';
import { routeLink } from '../../routes/route.ts';
import { goTo } from '../../routes/use-route.ts';
import { kindOf, nameWithoutKind } from '../../text/kinds.ts';
import { Shown } from '../../text/shown.tsx';
import { NeighborList } from './neighbor-list.tsx';
import { type Step, WalkedPath, walkedTo } from './walked-path.tsx';

const GraphCanvas = later(() => import('../../graph/graph-canvas.tsx'), 'graph-picture');

const LIMIT = 40;
const MOST = 320;

/** A node and what is around it: a picture, and a list that says the same. */
export function GraphAround({ id }: { readonly id: string }) {
  const [limit, setLimit] = useState(LIMIT);
  const [pointed, point] = useState('');
  const [path, setPath] = useState<readonly Step[]>([]);
  const question = useAnswer<Neighbors>(address(`/nodes/${encode(id)}/neighbors`, { depth: 1, limit }));
  const root = question.state === 'answered' ? question.answer.nodes.find((node) => node.id === id) : undefined;
  useEffect(() => {
    if (root !== undefined) setPath((before) => walkedTo(before, { id, name: nameWithoutKind(root) || id }));
  }, [root, id]);
  useEffect(() => setLimit(LIMIT), [id]);
  return (
    <>
      <ViewHead
        title={<Shown text={root ? nameWithoutKind(root) || id : id} longest={120} />}
        over={root ? kindOf(root).label : 'Graph around'}
      >
        <nav class="links" aria-label="Of this node">
          <a href={routeLink('node', id)}>All it says</a>
          <a href={routeLink('graph')}>Begin elsewhere</a>
        </nav>
      </ViewHead>
      <WalkedPath path={path} />
      <Awaited question={question} lines={10}>
        {(neighbors) => (
          <div class="graph">
            <GraphCanvas neighbors={neighbors} pointed={pointed} walk={(to) => goTo(routeLink('graph', to))} />
            <NeighborList
              neighbors={neighbors}
              point={point}
              showMore={limit < MOST ? () => setLimit(Math.min(MOST, limit * 2)) : undefined}
            />
          </div>
        )}
      </Awaited>
    </>
  );
}
