import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addSeen, type Seen } from '../../src/model/first-seen.ts';

it('finds the first distinct values however the rows are split and merged', () => {
  const rows = fc.array(fc.tuple(fc.constantFrom(...'abcdefgh'), fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(rows, (list) => {
      const one = (value: string, row: number): readonly Seen[] => [[value, row]];
      const fold = (wanted: (side: boolean) => boolean) =>
        list.reduce<readonly Seen[]>(
          (seen, [value, side], row) => (wanted(side) ? addSeen(seen, one(value, row), 3) : seen),
          [],
        );
      const merged = addSeen(
        fold((side) => side),
        fold((side) => !side),
        3,
      );
      const expected = [...new Set(list.map(([value]) => value))].slice(0, 3);
      expect(merged.map(([value]) => value)).toEqual(expected);
    }),
  );
});
