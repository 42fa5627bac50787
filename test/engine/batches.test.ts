import { expect, it } from 'vitest';
import { inBatches } from '../../src/engine/batches.ts';

it('makes batches of a size, and smaller ones of what is heavy', () => {
  const batches = (texts: readonly string[]) => [...inBatches(texts, 3, (text) => text.length, 10)];
  expect(batches(['a', 'b', 'c', 'd'])).toEqual([['a', 'b', 'c'], ['d']]);
  expect(batches(['a', '0123456789', 'b', '01234567890123456789'])).toEqual([
    ['a', '0123456789'],
    ['b', '01234567890123456789'],
  ]);
  expect(batches([])).toEqual([]);
});
