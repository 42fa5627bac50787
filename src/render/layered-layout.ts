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
  const graph = new Graph<GraphLabel, Size & Partial<Point>, Size & Partial<Point> & { points?: Point[] }>({
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
      return { points: line?.points ?? [], label: placeOf(line) };
    }),
  };
}

function placeOf(placed: Partial<Point> | undefined): Point {
  const { x, y } = { ...ORIGIN, ...placed };
  return { x, y };
}
