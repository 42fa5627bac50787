/** Boxes that hang on one box by lines of the same text and direction, and on nothing else. */
export interface LeafBlock {
  readonly hub: number;
  /** Whether the lines lead from the hub to the leaves. */
  readonly isOutward: boolean;
  readonly text: string;
  readonly leaves: readonly number[];
}

/** A line between two boxes, by their numbers, and what is written on it. */
export interface TextLine {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** More leaves than these are a block: below each other they would make a picture too high to look at. */
const MANY = 20;

/** Finds the blocks among some boxes; `root` is no leaf, however little hangs on it. */
export function leafBlocks(lines: readonly TextLine[], root: number): readonly LeafBlock[] {
  const ends = new Map<number, number>();
  for (const end of lines.flatMap(({ from, to }) => [from, to])) ends.set(end, (ends.get(end) ?? 0) + 1);
  const isLeaf = (box: number) => box !== root && ends.get(box) === 1;
  const blocks = new Map<string, LeafBlock & { readonly leaves: number[] }>();
  for (const { from, to, text } of lines) {
    const isOutward = isLeaf(to);
    const [hub, leaf] = isOutward ? [from, to] : [to, from];
    if (!isLeaf(leaf)) continue;
    const key = JSON.stringify([hub, isOutward, text]);
    const block = blocks.get(key) ?? { hub, isOutward, text, leaves: [] };
    blocks.set(key, block);
    block.leaves.push(leaf);
  }
  return [...blocks.values()].filter(({ leaves }) => leaves.length > MANY);
}
