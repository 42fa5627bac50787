import { badValue } from '../model/bad-value.ts';

/** Understands a flag that is a whole number. Throws where it is none, or out of range. */
export function parseWholeNumber(
  name: string,
  value: string | undefined,
  { from, to, usual }: { readonly from: number; readonly to: number; readonly usual: number },
): number {
  if (value === undefined) return usual;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw badValue({ name, value }, `give a whole number from ${from} to ${to}`);
}
