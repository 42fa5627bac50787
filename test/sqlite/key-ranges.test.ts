import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nodeId } from '../../src/model/key.ts';
import { AUDIT_EVENT } from '../../src/model/node.ts';
import { compareUtf8 } from '../../src/model/text.ts';
import { ALL_KEYS, rangesAfter } from '../../src/sqlite/search/key-ranges.ts';
import { hostileText } from '../properties/hostile-texts.ts';
import { propertyRuns } from '../properties/property-runs.ts';

/** Keys of one beginning, many of which are longer than what of them stands in an id. */
const key = fc
  .record({
    unit: fc.constantFrom('a', 'é', '漢', '😀'),
    length: fc.constantFrom(0, 99, 100, 105, 106, 107, 108, 130, 150, 220, 430, 500),
    end: fc.oneof(hostileText, fc.constantFrom('', 'a', 'b', 'c', '~', '😀')),
  })
  .map(({ unit, length, end }) => `log:${unit.repeat(length)}${end}`.toWellFormed());

it('the keys of all ids that come after one, or before it, are in the ranges that are looked at for them', () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      const [a, b] = [nodeId(AUDIT_EVENT, one), nodeId(AUDIT_EVENT, other)];
      const isReversed = compareUtf8(b, a) < 0;
      const ranges = rangesAfter([ALL_KEYS], a, isReversed);
      const isIn = ranges.some(({ low, before }) => compareUtf8(low, other) <= 0 && compareUtf8(other, before) < 0);
      expect(a === b || isIn).toBe(true);
    }),
    propertyRuns(4000),
  );
});
