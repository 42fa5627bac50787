import { badValue } from './setting-layers.ts';

/** What a flag that counts something may be. */
export interface NumberRange {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

/** Understands the number after a flag; the usual one where the flag was not given. Throws on one that cannot be. */
export function wholeNumber(name: string, value: string | undefined, { usual, least, most }: NumberRange): number {
  if (value === undefined) return usual;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw badValue({ name, value }, `give a number from ${least} to ${most}`);
}
