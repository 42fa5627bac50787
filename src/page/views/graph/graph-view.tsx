import { GraphAround } from './graph-around.tsx';
import { GraphStart } from './graph-start.tsx';

/** The graph, to walk through from node to node. */
export function GraphView({ id }: { readonly id: string }) {
  return id === '' ? <GraphStart /> : <GraphAround id={id} />;
}
