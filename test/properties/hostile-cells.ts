import fc from 'fast-check';
import type { Cell } from '../../fixtures/sessions-db.ts';
import { hostileDate } from './hostile-dates.ts';
import { hostileText } from './hostile-texts.ts';

const hostileInteger: fc.Arbitrary<bigint> = fc.oneof(
  fc.constantFrom(0n, 1n, 5n, -1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -20n, max: 20n }),
);

const hostileDouble: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    0.05,
    0.15,
    0.25,
    0.35,
    1.05,
    2.675,
    -0.05,
    -0.25,
    -0,
    0.1,
    1e-320,
    5e-324,
    1.7976931348623157e308,
    -1e308,
  ),
  fc.constantFrom(Infinity, -Infinity, 1e21, 1e-7, 123456789012345680, 2 ** 63, 3.5),
  fc.double({ noNaN: true }),
);

const hostileBlob: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom('', 'Read', 'a:b', 'unknown', '7', '2025-03-01').map((text) => Buffer.from(text)),
  fc
    .constantFrom('ff', '00', '61ff62', '6100ff', 'c3', 'e28082', 'eda080', 'f0908080', 'f09f98', 'c080')
    .map((hex) => Buffer.from(hex, 'hex')),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
);

/** A value of any type, most often one of these few texts, so that groups and values coincide. */
export function cellOf(...pool: readonly [string, ...string[]]): fc.Arbitrary<Cell> {
  return fc.oneof<fc.WeightedArbitrary<Cell>[]>(
    { weight: 14, arbitrary: fc.constantFrom(...pool) },
    { weight: 3, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: hostileInteger },
    { weight: 1, arbitrary: hostileDouble },
    { weight: 1, arbitrary: hostileBlob },
  );
}

/** A value that should be a number. */
export const numberCell: fc.Arbitrary<Cell> = fc.oneof<fc.WeightedArbitrary<Cell>[]>(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 2, arbitrary: hostileDouble },
  { weight: 2, arbitrary: hostileInteger },
  { weight: 1, arbitrary: fc.constantFrom('12', '12.5', ' 7 ', '1e3', 'soon', '', '0x10', '9223372036854775808') },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: hostileBlob },
);

/** A value that should be a date. */
export const dateCell: fc.Arbitrary<Cell> = fc.oneof<fc.WeightedArbitrary<Cell>[]>(
  { weight: 12, arbitrary: hostileDate },
  { weight: 1, arbitrary: hostileDate.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: cellOf('', 'no date') },
);

/** A value that should say how a call or task ended. */
export const statusCell: fc.Arbitrary<Cell> = fc.oneof<fc.WeightedArbitrary<Cell>[]>(
  { weight: 10, arbitrary: fc.constant('error') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('success', 'completed', 'failed', 'ERROR', 'Error', 'error ', 'error\0', 'Success', ''),
  },
  { weight: 1, arbitrary: fc.constantFrom('error', 'failed', 'success').map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: cellOf('5') },
);

/** An id that is a rowid. */
export const rowidCell: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: 1n, max: 60n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -60n, max: 5000n }) },
  { weight: 1, arbitrary: hostileInteger },
);

/** An id of a table that lets it be anything. */
export const looseIdCell: fc.Arbitrary<Cell> = fc.oneof<fc.WeightedArbitrary<Cell>[]>(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 4, arbitrary: cellOf('1', '2', 'a', 'A', 'b:c', '10') },
  { weight: 1, arbitrary: hostileInteger },
);
