import { firstCodePoints } from '../model/text.ts';
import { visible } from './visible.ts';

/** A heading, or something with its name; `indent` levels in. */
export type Line = string | readonly [name: string, value: string, indent?: number];

/** Draws lines that fit a width, each made harmless, values in a column. */
export function drawLines(lines: readonly Line[], width: number): string {
  const longest = Math.max(0, ...lines.map((line) => (typeof line === 'string' ? 0 : labelOf(line).length)));
  const texts = lines.map((line) => {
    if (typeof line === 'string') return visible(firstCodePoints(line, width));
    // Values may be as long as they like: what cannot be seen is not even looked at.
    return `${labelOf(line).padEnd(longest)}  ${visible(firstCodePoints(line[1], width))}`;
  });
  return texts.map((text) => `${firstCodePoints(text, width).trimEnd()}\n`).join('');
}

const LONGEST_LABEL = 40;

function labelOf([name, , indent = 0]: Exclude<Line, string>): string {
  return `${'  '.repeat(indent)}${visible(firstCodePoints(name, LONGEST_LABEL))}`;
}
