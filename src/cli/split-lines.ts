/**
 * The lines of a text that comes in parts, those together that have come together. One that is longer than `longest` is
 * not read to its end, and is the last.
 */
export async function* splitLines(parts: AsyncIterable<string>, longest: number): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const part of parts) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
    if (rest.length > longest) break;
  }
  if (rest !== '') yield [rest];
}
