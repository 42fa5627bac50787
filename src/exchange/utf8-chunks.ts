import { invalidFile } from './invalid-file.ts';

/** The same bytes; throws where they are no UTF-8, as texts would be read as others than they are. */
export async function* utf8Chunks(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (error) {
      throw invalidFile(file, 'it is no UTF-8', error);
    }
  };
  for await (const chunk of chunks) {
    decode(chunk);
    yield chunk;
  }
  decode();
}
