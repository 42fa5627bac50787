/** Values of one batch, in characters, at the most; one value may have more. */
const BATCH_CHARACTERS = 8_000_000;

/**
 * Groups values into lists of `size`, lazily; the last one may be shorter. So is one whose values have too many
 * characters together: memory must not depend on how large they are.
 */
export function* inBatches<Value>(
  values: Iterable<Value>,
  size: number,
  charactersOf: (value: Value) => number = () => 0,
  limit = BATCH_CHARACTERS,
): Generator<readonly Value[]> {
  let batch: Value[] = [];
  let weight = 0;
  for (const value of values) {
    batch.push(value);
    weight += charactersOf(value);
    if (batch.length < size && weight < limit) continue;
    yield batch;
    batch = [];
    weight = 0;
  }
  if (batch.length > 0) yield batch;
}
