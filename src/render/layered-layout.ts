import { Graph, type GraphLabel, layout } from '@dagrejs/dagre';

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

/** Where everything goes: the middles of boxes and labels, in the order that they were given in, and the lines' ways. */
export interface Layout extends Size {
  readonly boxes: readonly Point[];
  readonly lines: readonly { readonly points: readonly Point[]; readonly label: Point }[];
}

/** The best ranks take minutes where there are thousands of lines; these come at once. */
const MANY_LINES = 300;
const ORIGIN: Point = { x: 0, y: 0 };

/** Places boxes in layers from left to right, along their lines. */
export function layOut({ boxes, lines }: Drawing): Layout {
  const graph = new Graph<GraphLabel, Placed, Placed & { points?: Point[] }>({
    multigraph: true,
  });
  const ranker = lines.length > MANY_LINES ? 'longest-path' : 'network-simplex';
  graph.setGraph({ rankdir: 'LR', nodesep: 14, edgesep: 10, ranksep: 36, ranker });
  for (const [index, { width, height }] of boxes.entries()) graph.setNode(String(index), { width, height });
  for (const [index, { from, to, label }] of lines.entries()) {
    graph.setEdge(String(from), String(to), { ...label, labelpos: 'c' }, String(index));
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() ?? {};
  return {
    width,
    height,
    boxes: boxes.map((_, index) => placeOf(graph.node(String(index)))),
    lines: lines.map(({ from, to }, index) => {
      const line = graph.edge(String(from), String(to), String(index));
      const points = line?.points ?? [];
      const ends = [graph.node(String(from)), graph.node(String(to))] as const;
      return { points: from === to ? points : fromSideToSide(points, ...ends), label: placeOf(line) };
    }),
  };
}

type Placed = Size & Partial<Point>;

/** Lines leave and reach boxes in the middle of their left or right side, rather than anywhere on their rim. */
function fromSideToSide(points: readonly Point[], from: Placed, to: Placed): readonly Point[] {
  const between = points.slice(1, -1);
  const start = sideOf(from, between[0] ?? placeOf(to));
  return [start, ...between, sideOf(to, between.at(-1) ?? placeOf(from))];
}

function sideOf(box: Placed, towards: Point): Point {
  const { x, y } = placeOf(box);
  return { x: x + (towards.x > x ? box.width : -box.width) / 2, y };
}

function placeOf(placed: Partial<Point> | undefined): Point {
  const { x, y } = { ...ORIGIN, ...placed };
  return { x, y };
}
