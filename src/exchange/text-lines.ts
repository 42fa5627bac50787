import { LONGEST_ROW } from './exchange-limits.ts';
import { invalidFile } from './invalid-file.ts';

/** The lines of a text, without their ends. Throws on one that does not end. */
export async function* textLines(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      throw invalidFile(file, 'it is no UTF-8', error);
    }
  };
  let parts: string[] = [];
  let characters = 0;
  for await (const chunk of chunks) {
    const [first = '', ...rest] = decode(chunk).split('\n');
    parts.push(first);
    characters += first.length;
    if (characters > LONGEST_ROW) throw invalidFile(file, `a line has more than ${LONGEST_ROW} characters`);
    for (const next of rest) {
      yield parts.join('');
      parts = [next];
      characters = next.length;
    }
  }
  const last = parts.join('') + decode();
  if (last !== '') yield last;
}
