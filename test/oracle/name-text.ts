/** The code points with the Unicode property White_Space, as PropList.txt has them. */
const WHITE_SPACE = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
  0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
]);

function isBlank(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  const control = point < 0x20 || (point >= 0x7f && point <= 0x9f);
  return control || WHITE_SPACE.has(point);
}

/** A text as one line of a name; undefined where nothing is left of it. */
export function oneLine(text: string | null): string | undefined {
  const words: string[] = [];
  let word = '';
  for (const character of Array.from(text ?? '')) {
    if (!isBlank(character)) {
      word += character;
      continue;
    }
    if (word !== '') words.push(word);
    word = '';
  }
  if (word !== '') words.push(word);
  return words.length === 0 ? undefined : words.join(' ');
}

/** The first code points of a text. */
export function firstOf(text: string, count: number): string {
  return Array.from(text).slice(0, count).join('');
}

/** A text of at most `limit` code points, with three dots where something was left out. */
export function dotted(text: string, limit: number): string {
  return Array.from(text).length > limit ? `${firstOf(text, limit - 3)}...` : text;
}

/** A finished name: nothing blank at its right end. */
export function finishedName(name: string): string {
  const characters = Array.from(name);
  while (isBlank(characters.at(-1) ?? 'x')) characters.pop();
  return characters.join('');
}
