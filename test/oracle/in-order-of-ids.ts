import type { SourceCell } from './source-rows.ts';

/** The rows sorted by id: those without one, then integers, then all others by their text; equal ids stay as they were. */
export function inOrderOfIds<Row extends { readonly id: SourceCell }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted(({ id: one }, { id: other }) => {
    if (rankOf(one) !== rankOf(other)) return rankOf(one) - rankOf(other);
    if (typeof one.number === 'bigint' && typeof other.number === 'bigint')
      return compareIntegers(one.number, other.number);
    return Buffer.compare(Buffer.from(one.text ?? ''), Buffer.from(other.text ?? ''));
  });
}

function rankOf(id: SourceCell): number {
  if (id.text === null) return 0;
  return typeof id.number === 'bigint' ? 1 : 2;
}

function compareIntegers(one: bigint, other: bigint): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
