import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSums, averageToOneDecimal, exactSum } from '../../src/model/exact-sum.ts';
import { toJson } from '../../src/model/json.ts';

const average = (values: readonly (number | bigint)[]): string =>
  toJson(averageToOneDecimal(values.map(exactSum).reduce(addSums), values.length));

describe('averageToOneDecimal', () => {
  it.each([
    [[0n], '0'],
    [[1n, 2n], '1.5'],
    [[1n, 1n, 1n, 2n], '1.3'],
    [[0.25], '0.3'],
    [[-0.25], '-0.2'],
    [[-1n, 0n, 0n, 0n], '-0.2'],
    [[0.1, 0.2, 0.3], '0.2'],
    [[2n ** 63n - 1n, 2n ** 63n - 1n], '9223372036854775807'],
    [[-(2n ** 63n), 2n ** 63n - 1n], '-0.5'],
    [[2 ** 53, 1n], '4503599627370496.5'],
    [[5e-324], '0'],
    [[1.7976931348623157e308, -1.7976931348623157e308, 3n], '1'],
  ] as const)('takes the exact mean, case %#', (values, expected) => {
    expect(average(values)).toBe(expected);
  });

  it('of 0.05, which a double holds a little above, rounds up, and of 0.15, a little below, down', () => {
    expect([average([0.05]), average([0.15])]).toEqual(['0.1', '0.1']);
  });
});

describe('addSums', () => {
  const value = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.double({ noNaN: true, noDefaultInfinity: true }));

  it('gives the same sum in any order and grouping, through JSON', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const [x, y, z] = [exactSum(a), exactSum(b), exactSum(c)];
        const once = JSON.parse(JSON.stringify(addSums(x, y)));
        const left = averageToOneDecimal(addSums(once, z), 3);
        expect(averageToOneDecimal(addSums(addSums(z, y), x), 3)).toEqual(left);
      }),
    );
  });
});
