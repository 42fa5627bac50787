import type { Schema } from '../model/schema.ts';
import { layOut, type PlacedLine, type Point, type Size } from './layered-layout.ts';
import { lineWays } from './line-ways.ts';
import { labelSize } from './svg-edge.ts';

/** Where the tables of a schema go, and the lines between them. */
export interface SchemaLayout extends Size {
  /** The middles of the boxes, in their order. */
  readonly boxes: readonly Point[];
  readonly lines: readonly { readonly way: PlacedLine; readonly text: string }[];
}

const GAP = 24;
const NARROWEST = 960;

/** Those that lines join are laid out along them; below, the others stand in columns, each where there is most room. */
export function layOutSchema({ tables }: Schema, sizes: readonly Size[]): SchemaLayout {
  const numbers = new Map(tables.map(({ name }, index) => [name.toLowerCase(), index]));
  const joins = tables.flatMap(({ columns }, from) =>
    columns.flatMap(({ name, references }) => {
      const to = numbers.get(references?.toLowerCase() ?? '');
      return to === undefined ? [] : [{ from, to, text: name }];
    }),
  );
  const joined = tables
    .map((_, index) => index)
    .filter((index) => joins.some(({ from, to }) => from === index || to === index));
  const places = new Map(joined.map((table, place) => [table, place]));
  const drawing = {
    boxes: joined.map((table) => sizes[table] ?? { width: 0, height: 0 }),
    lines: joins.map(({ from, to, text }) => ({
      from: places.get(from) ?? 0,
      to: places.get(to) ?? 0,
      label: labelSize(text),
    })),
  };
  const above = layOut(drawing);
  const boxes: Point[] = [];
  for (const [place, table] of joined.entries()) boxes[table] = above.boxes[place] ?? { x: 0, y: 0 };
  const rest = tables.map((_, index) => index).filter((index) => !places.has(index));
  const top = joined.length === 0 ? 0 : above.height + 2 * GAP;
  const columns = columnsFor(
    rest.map((table) => sizes[table] ?? { width: 0, height: 0 }),
    above.width,
  );
  for (const table of rest) {
    const { width, height } = sizes[table] ?? { width: 0, height: 0 };
    const column = columns.heights.indexOf(Math.min(...columns.heights));
    const filled = columns.heights[column] ?? 0;
    boxes[table] = { x: column * (columns.width + GAP) + width / 2, y: top + filled + height / 2 };
    columns.heights[column] = filled + height + GAP;
  }
  return {
    width: Math.max(above.width, rest.length === 0 ? 0 : columns.heights.length * (columns.width + GAP) - GAP),
    height: Math.max(above.height, top + Math.max(0, ...columns.heights) - (rest.length === 0 ? 0 : GAP)),
    boxes,
    lines: lineWays(above, drawing).map((way, index) => ({ way, text: joins[index]?.text ?? '' })),
  };
}

/** As many columns as fit beside each other in the width of what is above, or of a page. */
function columnsFor(sizes: readonly Size[], above: number) {
  const width = Math.max(0, ...sizes.map((size) => size.width));
  const room = Math.max(above, NARROWEST);
  const count = Math.max(1, Math.min(sizes.length, Math.floor((room + GAP) / (width + GAP))));
  return { width, heights: new Array<number>(count).fill(0) };
}
