import type { Neighbor, NeighborEdge } from '../api/records.ts';

/** Where a node is drawn. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const FIRST_RING = 170;
/** Between two rings, and between two nodes of one. */
const RING_GAP = 120;
const NODE_GAP = 90;
/** A ring with more of them is too wide for their names to be read. */
const MOST_ON_FIRST = 24;
/** Rings are as much wider than high as the room is, within bounds. */
const STRETCH = { least: 1, most: 1.7 };

/** Nodes on rings around the first one: those that are alike beside one another, as many on a ring as it has room for. */
export function radialLayout(
  nodes: readonly Neighbor[],
  edges: readonly NeighborEdge[],
  aspect: number,
): ReadonlyMap<string, Place> {
  const stretch = Math.min(STRETCH.most, Math.max(STRETCH.least, aspect));
  const places = new Map<string, Place>();
  const typeOf = (id: string) => edges.find(({ from, to }) => from === id || to === id)?.edge_type ?? '';
  const [root, ...others] = nodes;
  if (root === undefined) return places;
  places.set(root.id, { x: 0, y: 0 });
  const left = others
    .map(({ id, node_type, depth }) => ({ id, depth, rank: `${node_type} ${typeOf(id)}` }))
    .sort((one, other) => one.depth - other.depth || (one.rank < other.rank ? -1 : one.rank > other.rank ? 1 : 0));
  let radius = FIRST_RING;
  while (left.length > 0) {
    const [nearest] = left;
    const near = left.filter(({ depth }) => depth === nearest?.depth).length;
    const room = Math.max(MOST_ON_FIRST, Math.floor((2 * Math.PI * radius) / NODE_GAP));
    // A last ring of a few would look lost: two share what one has no room for.
    const ring = left.splice(0, near > room && near < 2 * room ? Math.ceil(near * 0.4) : Math.min(room, near));
    radius = Math.max(radius, (ring.length * NODE_GAP) / (2 * Math.PI));
    ring.forEach(({ id }, at) => {
      const angle = (2 * Math.PI * at) / ring.length - Math.PI / 2;
      places.set(id, { x: Math.cos(angle) * radius * stretch, y: Math.sin(angle) * radius });
    });
    radius += RING_GAP;
  }
  return places;
}
