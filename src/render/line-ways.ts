import { type Drawing, type Layout, LOOP_ROOM, type Placed, type PlacedLine, type Point } from './layered-layout.ts';

/** How far a layer reaches to left and right: as far as the widest of its boxes. */
interface Reach {
  readonly left: number;
  readonly right: number;
}

/** A loop is as wide as this at the top of its box where there is room, and each one over it by so much wider. */
const LOOP_FOOT = { first: 36, next: 30 } as const;

/**
 * The ways of lines as they are drawn: out of the side of a box, straight to where its layer ends, through the label, and
 * as straight into the other box, so that no line runs behind a box beside its own.
 */
export function lineWays({ boxes, lines }: Layout, drawing: Drawing): readonly PlacedLine[] {
  const reaches = reachesOf(boxes);
  const loops = new Map<number, number>();
  return lines.map((line, index) => {
    const ends = drawing.lines[index];
    const [from, to] = [boxes[ends?.from ?? 0], boxes[ends?.to ?? 0]];
    if (from === undefined || to === undefined) return line;
    if (line.isLoop) {
      const order = loops.get(ends?.from ?? 0) ?? 0;
      loops.set(ends?.from ?? 0, order + 1);
      return loopAt(from, line, order);
    }
    const between = line.points.slice(1, -1);
    const [first, last] = [between[0] ?? to, between.at(-1) ?? from];
    const inside = between.flatMap((point) => alongLabel(point, line.label, from.x < to.x));
    const points = [...sideOf(from, first, reaches), ...inside, ...sideOf(to, last, reaches).toReversed()];
    return { ...line, points };
  });
}

/** The boxes of a layer have their middles at one x. */
function reachesOf(boxes: readonly Placed[]): ReadonlyMap<number, Reach> {
  const reaches = new Map<number, Reach>();
  for (const { x, width } of boxes) {
    const { left, right } = reaches.get(x) ?? { left: x, right: x };
    reaches.set(x, { left: Math.min(left, x - width / 2), right: Math.max(right, x + width / 2) });
  }
  return reaches;
}

function sideOf({ x, y, width }: Placed, towards: Point, reaches: ReadonlyMap<number, Reach>): readonly Point[] {
  const { left, right } = reaches.get(x) ?? { left: x, right: x };
  const [side, end] = towards.x > x ? [x + width / 2, right] : [x - width / 2, left];
  return side === end
    ? [{ x: side, y }]
    : [
        { x: side, y },
        { x: end, y },
      ];
}

/** Where a line passes its label, it goes straight from one end of it to the other. */
function alongLabel(point: Point, { x, y, width }: Placed, isRightward: boolean): readonly Point[] {
  if (point.x !== x || point.y !== y) return [point];
  const ends = [
    { x: x - width / 2, y },
    { x: x + width / 2, y },
  ];
  return isRightward ? ends : ends.toReversed();
}

/** Over a box and the loops that are there already. */
function loopAt({ x, y, width, height }: Placed, line: PlacedLine, order: number): PlacedLine {
  const foot = Math.min(LOOP_FOOT.first + LOOP_FOOT.next * order, width - 16) / 2;
  const top = y - height / 2;
  const middle = { x, y: top - LOOP_ROOM * (order + 0.45) };
  const points = [{ x: x + foot, y: top }, middle, { x: x - foot, y: top }];
  return { ...line, points, label: { ...line.label, x, y: middle.y - line.label.height / 2 - 3 } };
}
