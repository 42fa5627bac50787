/** Enough that writing a block costs little beside making it. */
const BLOCK = 65_536;

/** Joins small texts to larger ones. */
export function* inBlocks(parts: Iterable<string>): Generator<string, void> {
  let block = '';
  for (const part of parts) {
    block += part;
    if (block.length < BLOCK) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
