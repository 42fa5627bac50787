import type { PlacedLine, Point, Size } from './layered-layout.ts';
import { textWidth } from './text-width.ts';
import { round, xmlText } from './xml-text.ts';

/** How large the label of an edge is drawn. */
export function labelSize(label: string): Size {
  return label === '' ? { width: 0, height: 0 } : { width: Math.ceil(textWidth(label, 10)) + 10, height: 14 };
}

/** Draws the way of an edge; one without a label leads to what is not shown, and is dashed. */
export function drawWay({ points, isLoop }: PlacedLine, label: string): string {
  const way = `d="${isLoop ? loopThrough(points) : wayThrough(points)}"`;
  return label === '' ? `<path class="edge cut" ${way}/>` : `<path class="edge" ${way} marker-end="url(#tip)"/>`;
}

/** Draws the label of an edge, over all ways. */
export function drawLabel({ label: { x, y } }: PlacedLine, label: string): string {
  return label === '' ? '' : `<text class="label" x="${round(x)}" y="${round(y + 3.5)}">${xmlText(label)}</text>`;
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

function loopThrough([start, end]: readonly Point[]): string {
  if (start === undefined || end === undefined) return '';
  const far = round(start.x + 44);
  return `M${place(start)}C${far} ${round(start.y - 14)} ${far} ${round(end.y + 14)} ${place(end)}`;
}

function place({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
