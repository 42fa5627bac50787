import type { Placed, PlacedLine, Point, Size } from './layered-layout.ts';
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

/** Draws the frame around boxes that an edge leads to alike. */
export function drawFrame({ x, y, width, height }: Placed): string {
  const corner = `x="${round(x - width / 2)}" y="${round(y - height / 2)}"`;
  return `<rect class="frame" ${corner} width="${round(width)}" height="${round(height)}" rx="10"/>`;
}

/** Draws the label of an edge, over all ways, on paper of its own. */
export function drawLabel({ label: { x, y, width, height } }: PlacedLine, label: string): string {
  if (label === '') return '';
  const paper = `x="${round(x - width / 2 + 2)}" y="${round(y - height / 2)}" width="${width - 4}" height="${height}"`;
  return `<rect class="paper" ${paper}/><text class="label" x="${round(x)}" y="${round(y + 3.5)}">${xmlText(label)}</text>`;
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

/** A way that leaves a box at its top, and comes back through the middle point. */
function loopThrough([start, middle, end]: readonly Point[]): string {
  if (start === undefined || middle === undefined || end === undefined) return '';
  // A curve comes three quarters as high as the points that pull it.
  const high = round(start.y + (middle.y - start.y) / 0.75);
  const wide = start.x - middle.x + 18;
  return `M${place(start)}C${round(middle.x + wide)} ${high} ${round(middle.x - wide)} ${high} ${place(end)}`;
}

function place({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
