import { Graph, type GraphLabel, layout } from '@dagrejs/dagre';
import { spanningLines } from './spanning-lines.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box to place, and a line between two boxes, by their numbers, with the size of what is written on it. */
export interface Drawing {
  readonly boxes: readonly Size[];
  readonly lines: readonly { readonly from: number; readonly to: number; readonly label: Size }[];
}

/** A box that has its place, which is its middle. */
export type Placed = Size & Point;

/** The way of a line, from point to point, and the middle of its label. One that ends where it begins is a loop. */
export interface PlacedLine {
  readonly points: readonly Point[];
  readonly label: Placed;
  readonly isLoop: boolean;
}

/** Where everything goes, in the order that it was given in. */
export interface Layout extends Size {
  readonly boxes: readonly Placed[];
  readonly lines: readonly PlacedLine[];
}

/** The best layers take minutes where there are thousands of lines. Of so many, only those steer that hold all together. */
const MANY_LINES = 200;
const ORIGIN: Point = { x: 0, y: 0 };
const NO_ROOM: Size = { width: 0, height: 0 };

/** How high a loop and its label reach above what is below them. */
export const LOOP_ROOM = 34;

/** Places boxes in layers from left to right, along their lines. Where lines go is only roughed out: through these points. */
export function layOut({ boxes, lines }: Drawing): Layout {
  const graph = new Graph<GraphLabel, Size & Partial<Point>, Size & Partial<Point> & { points?: Point[] }>({
    multigraph: true,
  });
  const isMany = lines.length > MANY_LINES;
  const steering = isMany ? spanningLines(boxes.length, lines) : undefined;
  const ranker = isMany ? 'longest-path' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', nodesep: 14, edgesep: 10, ranksep: 64, ranker });
  const rooms = roomsForLoops(lines);
  for (const [index, box] of boxes.entries()) {
    const { width, height } = rooms.get(index) ?? NO_ROOM;
    graph.setNode(String(index), { width: Math.max(box.width, width), height: box.height + height });
  }
  for (const [index, { from, to, label }] of lines.entries()) {
    if (from === to || steering?.has(index) === false) continue;
    graph.setEdge(String(from), String(to), { ...label, labelpos: 'c' }, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() ?? {};
  // What is given first is put at the bottom, and is looked for at the top.
  const upright = ({ x = 0, y = 0 }: Partial<Point> = {}): Point => ({ x, y: height - y });
  const placedBoxes = boxes.map((size, index) => {
    const { x, y } = upright(graph.node(String(index)));
    return { ...size, x, y: y + (rooms.get(index) ?? NO_ROOM).height / 2 };
  });
  return {
    width,
    height,
    boxes: placedBoxes,
    lines: lines.map(({ from, to, label }, index) => {
      const line = graph.edge(String(from), String(to), String(index));
      const at = line === undefined ? between(placedBoxes[from], placedBoxes[to]) : upright(line);
      return { points: (line?.points ?? []).map(upright), label: { ...label, ...at }, isLoop: from === to };
    }),
  };
}

/** Above a box goes one loop over the other, each with its label over it. */
function roomsForLoops(lines: Drawing['lines']): ReadonlyMap<number, Size> {
  const rooms = new Map<number, Size>();
  for (const { from, to, label } of lines) {
    if (from !== to) continue;
    const { width, height } = rooms.get(from) ?? NO_ROOM;
    rooms.set(from, { width: Math.max(width, label.width), height: height + LOOP_ROOM });
  }
  return rooms;
}

function between(from: Point = ORIGIN, to: Point = ORIGIN): Point {
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}
