import type { MoreEdges, Neighborhood } from '../model/neighborhood.ts';

/** The first nodes of a neighbourhood, which are the nearest, and the edges between them; the others are counted as more. */
export function trimNeighborhood(neighborhood: Neighborhood, count: number): Neighborhood {
  const nodes = neighborhood.nodes.slice(0, count);
  const kept = new Set(nodes.map(({ id }) => id));
  const edges = neighborhood.edges.filter(({ fromNode, toNode }) => kept.has(fromNode) && kept.has(toNode));
  const more = new Map<string, MoreEdges>(
    neighborhood.more.flatMap((cut) => (kept.has(cut.node) ? [[cut.node, cut] as const] : [])),
  );
  for (const { fromNode, toNode } of neighborhood.edges) {
    if (kept.has(fromNode) === kept.has(toNode)) continue;
    const node = kept.has(fromNode) ? fromNode : toNode;
    const cut = more.get(node) ?? { node, edges: 0, atLeast: false, cutBy: 'depth' };
    more.set(node, { ...cut, edges: cut.edges + 1 });
  }
  return { ...neighborhood, nodes, edges, more: [...more.values()] };
}
