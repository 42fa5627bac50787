/** About how wide a text is in a usual sans-serif font of this size; a picture cannot ask the font. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += emOf(character);
  return width * size;
}

function emOf(character: string): number {
  if (character >= '\u1100') return 1.05;
  if (/[MWmw@%]/.test(character)) return 0.96;
  if (/[\p{Lu}\d_#&<>=+~]/u.test(character)) return 0.7;
  return /[ijlt.,:;|!'"()[\]/\\ ]/.test(character) ? 0.38 : 0.62;
}
