import type { Placed, Point, Size } from './layered-layout.ts';

/** Where boxes go in a grid, from its upper left corner, and how large that is with its frame. */
export interface BoxGrid extends Size {
  readonly places: readonly Point[];
}

const GAP = 10;

/** Puts boxes below each other in as many columns as make the grid about as wide as it is high. */
export function boxGrid(boxes: readonly Size[]): BoxGrid {
  const widest = Math.max(...boxes.map(({ width }) => width)) + GAP;
  const highest = Math.max(...boxes.map(({ height }) => height)) + GAP;
  const columns = Math.ceil(Math.sqrt((boxes.length * highest) / widest));
  const rows = Math.ceil(boxes.length / columns);
  const places = boxes.map((_, index) => ({
    x: GAP / 2 + widest * (Math.floor(index / rows) + 0.5),
    y: GAP / 2 + highest * ((index % rows) + 0.5),
  }));
  return { places, width: GAP + widest * Math.ceil(boxes.length / rows), height: GAP + highest * rows };
}

/** The places of a grid whose middle is put somewhere. */
export function placesIn({ places, width, height }: BoxGrid, { x, y }: Placed): readonly Point[] {
  return places.map((place) => ({ x: x - width / 2 + place.x, y: y - height / 2 + place.y }));
}
