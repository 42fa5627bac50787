/** Letters, digits and blanks stay, and a mark that joins two of them; all else becomes its code point, as Mermaid reads it. */
export function encodeMermaid(text: string): string {
  return text.replace(
    /(?<![\p{L}\p{N}])[._-]|[._-](?![\p{L}\p{N}])|[^\p{L}\p{N} ._-]/gu,
    (mark) => `#${mark.codePointAt(0)};`,
  );
}
