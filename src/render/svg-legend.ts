import { grouped } from './grouped.ts';
import { typeLabel } from './node-label.ts';
import { textWidth } from './text-width.ts';
import { round, xmlText } from './xml-text.ts';

/** What the colours of a picture mean. */
export interface Legend {
  readonly parts: readonly string[];
  readonly height: number;
}

const ROW = 20;
/** More types than these are only counted. */
const MOST_TYPES = 60;

/** Draws the types and their classes in rows of a width. */
export function drawLegend(types: Iterable<readonly [type: string, box: string]>, width: number): Legend {
  const parts: string[] = [];
  let [x, y] = [0, ROW];
  const all = [...types];
  const rest = all.length - MOST_TYPES;
  const shown = all.slice(0, MOST_TYPES).map(([type, box]) => [typeLabel(type), box] as const);
  for (const [text, box] of rest > 0 ? [...shown, [`and ${grouped(rest)} more types`, ''] as const] : shown) {
    const taken = 18 + textWidth(text, 10) + 16;
    if (x > 0 && x + taken > width) [x, y] = [0, y + ROW];
    const swatch =
      box === '' ? '' : `<rect class="box ${box}" x="${round(x)}" y="${y - 9}" width="12" height="12" rx="3"/>`;
    parts.push(`${swatch}<text class="small" x="${round(x + 18)}" y="${y}">${xmlText(text)}</text>`);
    x += taken;
  }
  return { parts, height: y };
}
