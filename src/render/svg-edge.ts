import type { Layout, Point, Size } from './layered-layout.ts';
import { textWidth } from './text-width.ts';
import { round, xmlText } from './xml-text.ts';

/** How large the label of an edge is drawn. */
export function labelSize(label: string): Size {
  return label === '' ? { width: 0, height: 0 } : { width: Math.ceil(textWidth(label, 10)) + 10, height: 14 };
}

/** Draws the way of an edge and its label; one without a label leads to what is not shown, and is dashed. */
export function drawEdge({ points, label: at }: Layout['lines'][number], label: string): string {
  if (label === '') return `<g class="edge cut"><path d="${wayThrough(points)}"/></g>`;
  const text = `<text class="small" x="${round(at.x)}" y="${round(at.y + 3.5)}">${xmlText(label)}</text>`;
  return `<g class="edge"><path d="${wayThrough(points)}" marker-end="url(#tip)"/>${text}</g>`;
}

/** A way whose corners are rounded: between the middles of its parts it bends at its points. */
function wayThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (first === undefined || last === undefined) return '';
  const bends = rest.map((point, index) => `Q${place(point)} ${place(between(point, rest[index + 1] ?? last))}`);
  const start = rest[0] === undefined ? '' : `L${place(between(first, rest[0]))}`;
  return [`M${place(first)}`, start, ...bends, `L${place(last)}`].join('');
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function place({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
