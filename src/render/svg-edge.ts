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

/** A way that leaves, passes and reaches each of its points from left or right. */
function wayThrough([first, ...rest]: readonly Point[]): string {
  if (first === undefined) return '';
  let before = first;
  const bends = rest.map((point) => {
    const middle = round((before.x + point.x) / 2);
    const bend = `C${middle} ${round(before.y)} ${middle} ${round(point.y)} ${place(point)}`;
    before = point;
    return bend;
  });
  return `M${place(first)}${bends.join('')}`;
}

function place({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
