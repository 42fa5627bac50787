import { plainText } from '../text/hidden.ts';
import { shorten } from '../text/shorten.ts';

const LONGEST_LINE = 24;

/** A name as it is written under a node: on two lines where it has something in brackets, as names of events do. */
export function labelOf(name: string): string {
  const at = name.indexOf(' (');
  const lines = at < 0 ? [name] : [name.slice(0, at), name.slice(at + 1)];
  return lines.map(lineOf).join('\n');
}

function lineOf(text: string): string {
  const { text: kept, omitted } = shorten(text, LONGEST_LINE);
  return plainText(omitted > 0 ? `${kept}…` : kept);
}
