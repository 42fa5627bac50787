import { JsonNumber } from './json.ts';

/**
 * A sum without rounding, in a form that JSON carries: a safe integer as a number, anything else as
 * `<numerator>/2^<exponent>`. Every finite double is such a fraction, so integers and doubles add up exactly.
 */
export type ExactSum = number | string;

/** The sum of one value: a 64-bit integer or a finite double. */
export function exactSum(value: bigint | number): ExactSum {
  if (typeof value === 'bigint') return encode({ numerator: value, exponent: 0 });
  return Number.isSafeInteger(value) ? value : encode(fractionOf(value));
}

/** The exact sum of two sums. */
export function addSums(a: ExactSum, b: ExactSum): ExactSum {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a + b)) return a + b;
  const [x, y] = [decode(a), decode(b)];
  const exponent = Math.max(x.exponent, y.exponent);
  return encode({ numerator: scale(x, exponent) + scale(y, exponent), exponent });
}

/** `sum / count` to one decimal, halves rounded up (towards plus infinity), as the digits of a JSON number. */
export function averageToOneDecimal(sum: ExactSum, count: number): JsonNumber | number {
  if (typeof sum === 'number') {
    const tenths = roundedQuotient(20 * sum, 2 * count);
    if (tenths !== undefined) return tenths / 10;
  }
  const { numerator, exponent } = decode(sum);
  const divisor = 2n * BigInt(count) * (1n << BigInt(exponent));
  const tenths = floorDivide(20n * numerator + divisor / 2n, divisor);
  const size = tenths < 0n ? -tenths : tenths;
  const decimal = size % 10n === 0n ? '' : `.${size % 10n}`;
  return new JsonNumber(`${tenths < 0n ? '-' : ''}${size / 10n}${decimal}`);
}

/** `dividend / divisor`, halves rounded up, where doubles give it exactly; undefined where they might not. */
function roundedQuotient(dividend: number, divisor: number): number | undefined {
  const raised = dividend + divisor / 2;
  if (!Number.isSafeInteger(dividend) || !Number.isSafeInteger(raised)) return undefined;
  const quotient = Math.floor(raised / divisor);
  // Division may round up to the next integer, which the multiplication, being exact, then shows.
  return quotient * divisor > raised ? quotient - 1 : quotient;
}

interface Fraction {
  readonly numerator: bigint;
  readonly exponent: number;
}

/** Doubling a double is exact, so this ends with the integer that the double's mantissa is; 1074 steps at the most. */
function fractionOf(value: number): Fraction {
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent++;
  }
  return { numerator: BigInt(scaled), exponent };
}

function encode({ numerator, exponent }: Fraction): ExactSum {
  const small = Number(numerator);
  return exponent === 0 && Number.isSafeInteger(small) ? small : `${numerator}/2^${exponent}`;
}

function decode(sum: ExactSum): Fraction {
  if (typeof sum === 'number') return { numerator: BigInt(sum), exponent: 0 };
  const [numerator = '0', exponent = '0'] = sum.split('/2^');
  return { numerator: BigInt(numerator), exponent: Number(exponent) };
}

function scale(fraction: Fraction, exponent: number): bigint {
  return fraction.numerator << BigInt(exponent - fraction.exponent);
}

/** BigInt division cuts towards zero; this rounds towards minus infinity. */
function floorDivide(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor;
  return numerator % divisor < 0n ? quotient - 1n : quotient;
}
