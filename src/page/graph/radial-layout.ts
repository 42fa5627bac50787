import type { Neighbor, NeighborEdge } from '../api/records.ts';

/** Where a node is drawn. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const FIRST_RING = 190;
/** Between two rings, and between two nodes of one. */
const RING_GAP = 130;
const NODE_GAP = 62;

/** Nodes on rings around the first one: those that are alike beside one another, as many on a ring as it has room for. */
export function radialLayout(nodes: readonly Neighbor[], edges: readonly NeighborEdge[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const typeOf = (id: string) => edges.find(({ from, to }) => from === id || to === id)?.edge_type ?? '';
  const [root, ...others] = nodes;
  if (root === undefined) return places;
  places.set(root.id, { x: 0, y: 0 });
  const left = others
    .map(({ id, node_type, depth }) => ({ id, depth, rank: `${node_type} ${typeOf(id)}` }))
    .sort((one, other) => one.depth - other.depth || (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0));
  for (let radius = FIRST_RING; left.length > 0; radius += RING_GAP) {
    const room = Math.floor((2 * Math.PI * radius) / NODE_GAP);
    const [nearest] = left;
    const near = left.filter(({ depth }) => depth === nearest?.depth).length;
    const ring = left.splice(0, Math.min(room, near));
    ring.forEach(({ id }, at) => {
      // Wider than it is high, as screens are and names.
      const angle = (2 * Math.PI * at) / ring.length - Math.PI / 2;
      places.set(id, { x: Math.cos(angle) * radius * 1.35, y: Math.sin(angle) * radius });
    });
  }
  return places;
}
