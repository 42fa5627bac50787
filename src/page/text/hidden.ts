import { HIDDEN_CHARACTERS } from '../../render/visible.ts';

/** A part of a text: shown as it is, or a mark that stands for what would hide or do harm. */
export type TextPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'mark'; readonly text: string; readonly title: string };

/** More marks over one letter than any language has would spill over the lines around. */
const PILED_MARKS = /(?<=\p{M}{4})\p{M}+/u;
const SPECIAL = new RegExp(`${HIDDEN_CHARACTERS.source}|${PILED_MARKS.source}`, 'gu');
const NAMES: Readonly<Record<string, string>> = { '\n': '↵', '\t': '⇥', '\r': '␍', '\0': '␀' };

/** Takes a text apart. `keeps` are hidden characters that are shown as they are all the same, like line feeds. */
export function textParts(text: string, keeps = ''): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(SPECIAL)) {
    if (keeps.includes(found)) continue;
    if (index > from) parts.push({ type: 'text', text: text.slice(from, index) });
    parts.push(markOf(found));
    from = index + found.length;
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) });
  return parts;
}

/** The same as one text, for where no marks can be drawn, such as the name of a window. */
export const plainText = (text: string): string =>
  textParts(text)
    .map((part) => part.text)
    .join('');

function markOf(found: string): TextPart {
  if (/^\p{M}+$/u.test(found) && found.length > 1) {
    return { type: 'mark', text: `+${found.length}`, title: `${found.length} more marks over the same letter` };
  }
  const point = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return { type: 'mark', text: NAMES[found] ?? point, title: `a character that does not show: ${point}` };
}
