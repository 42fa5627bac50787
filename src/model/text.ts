const BLANKS = /[\p{White_Space}\p{Cc}]+/gu;
/** Most names are one line already, and this tells so at a fraction of the cost. */
const ONE_LINE = /^[!-~]+(?: [!-~]+)*$/;

/**
 * Brings a text on one line: every run of White_Space or control characters becomes one space, the ends are trimmed.
 * What is empty after that counts as absent.
 */
export function oneLine(text: string | null | undefined): string | undefined {
  if (text == null) return undefined;
  if (ONE_LINE.test(text)) return text;
  const spaced = text.replace(BLANKS, ' ');
  const from = spaced.startsWith(' ') ? 1 : 0;
  const to = spaced.length - (spaced.endsWith(' ') ? 1 : 0);
  return to > from ? spaced.slice(from, to) : undefined;
}

/** The first `count` Unicode code points; a surrogate pair is never split. */
export function firstCodePoints(text: string, count: number): string {
  if (text.length <= count) return text;
  let end = 0;
  for (let taken = 0; taken < count && end < text.length; taken++) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

/** Cuts a text of more than `max` code points to its first `max - 3` and three dots. */
export function ellipsize(text: string, max: number): string {
  return firstCodePoints(text, max).length === text.length ? text : `${firstCodePoints(text, max - 3)}...`;
}

/** Orders texts as their UTF-8 bytes do; plain `<` orders UTF-16 units, which puts U+1F600 before U+FFFD. */
export function compareUtf8(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other unit, so they are lifted over U+E000 to U+FFFF. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
