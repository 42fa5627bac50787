/**
 * Groups values into lists of `size`, lazily; the last one may be shorter. So is one whose values weigh more than
 * `limit` together: memory must not depend on how large they are.
 */
export function* inBatches<Value>(
  values: Iterable<Value>,
  size: number,
  weigh: (value: Value) => number,
  limit: number,
): Generator<readonly Value[]> {
  let batch: Value[] = [];
  let weight = 0;
  for (const value of values) {
    batch.push(value);
    weight += weigh(value);
    if (batch.length < size && weight < limit) continue;
    yield batch;
    batch = [];
    weight = 0;
  }
  if (batch.length > 0) yield batch;
}
