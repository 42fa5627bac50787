import { boxGrid, placesIn } from './box-grid.ts';
import { grouped } from './grouped.ts';
import { layOut, type Placed, type PlacedLine, type Point, type Size } from './layered-layout.ts';
import { leafBlocks, type TextLine } from './leaf-blocks.ts';
import { lineWays } from './line-ways.ts';
import { labelSize } from './svg-edge.ts';

/** A picture whose parts have their places. */
export interface Arrangement extends Size {
  /** The middles of the boxes, in their order. */
  readonly boxes: readonly Point[];
  /** Around boxes that hang on another one alike; one line leads to all of them. */
  readonly frames: readonly Placed[];
  readonly lines: readonly { readonly way: PlacedLine; readonly text: string }[];
}

/** Places boxes and lines: in layers, and in columns within a frame where many hang on one alike. The first box is the root. */
export function arrangePicture(boxes: readonly Size[], lines: readonly TextLine[]): Arrangement {
  const blocks = leafBlocks(lines, 0).map((block) => ({
    ...block,
    grid: boxGrid(block.leaves.map((leaf) => boxes[leaf] ?? { width: 0, height: 0 })),
  }));
  const inBlocks = new Set(blocks.flatMap(({ leaves }) => leaves));
  const single = boxes.flatMap((size, box) => (inBlocks.has(box) ? [] : [{ box, size }]));
  const numbers = new Map(single.map(({ box }, number) => [box, number]));
  const numberOf = (box: number) => numbers.get(box) ?? 0;
  const texts = [
    ...lines
      .filter(({ from, to }) => !inBlocks.has(from) && !inBlocks.has(to))
      .map(({ from, to, text }) => ({ from: numberOf(from), to: numberOf(to), text })),
    ...blocks.map(({ hub, isOutward, text, leaves }, index) => {
      const [near, far] = [numberOf(hub), single.length + index];
      const label = `${text} × ${grouped(leaves.length)}`;
      return isOutward ? { from: near, to: far, text: label } : { from: far, to: near, text: label };
    }),
  ];
  const drawing = {
    boxes: [...single.map(({ size }) => size), ...blocks.map(({ grid }) => grid)],
    lines: texts.map(({ from, to, text }) => ({ from, to, label: labelSize(text) })),
  };
  const layout = layOut(drawing);
  const places = new Map<number, Point>(single.map(({ box }, number) => [box, layout.boxes[number] ?? ORIGIN]));
  const frames = layout.boxes.slice(single.length);
  for (const [index, { grid, leaves }] of blocks.entries()) {
    const frame = frames[index];
    const within = frame === undefined ? [] : placesIn(grid, frame);
    for (const [at, leaf] of leaves.entries()) places.set(leaf, within[at] ?? ORIGIN);
  }
  return {
    width: layout.width,
    height: layout.height,
    boxes: boxes.map((_, box) => places.get(box) ?? ORIGIN),
    frames,
    lines: lineWays(layout, drawing).map((way, index) => ({ way, text: texts[index]?.text ?? '' })),
  };
}

const ORIGIN: Point = { x: 0, y: 0 };
