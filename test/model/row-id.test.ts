import { expect, it } from 'vitest';
import { compareRowIds, toRowId } from '../../src/model/row-id.ts';

it('orders ids as SQLite does, whatever their size and type, through JSON', () => {
  const ids = [
    null,
    -(2n ** 63n),
    -(2n ** 53n),
    -1n,
    0n,
    7n,
    2n ** 53n + 1n,
    2n ** 53n + 2n,
    2n ** 63n - 1n,
    '',
    '10',
    '9',
    'é',
    '🍎',
  ];
  const ordered = ids.filter((id) => id !== '').map(toRowId);
  const shuffled: typeof ordered = JSON.parse(JSON.stringify(ordered.toReversed()));
  expect(shuffled.toSorted(compareRowIds)).toEqual(ordered);
});
