/** The beginning of a text, without half a character at its end, and how many characters are left out. */
export function shorten(text: string, longest: number): { readonly text: string; readonly omitted: number } {
  // Of a long text, counting its characters would take long, too.
  if (text.length <= longest) return { text, omitted: 0 };
  const kept = text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
  return { text: kept, omitted: text.length - kept.length };
}
