/** The average of some numbers, from their exact total, rounded half up to one decimal, as decimal text. */
export function exactAverage(numbers: readonly (bigint | number)[]): string | undefined {
  const usable = numbers.filter((number) => typeof number === 'bigint' || Number.isFinite(number));
  if (usable.length === 0) return undefined;
  // Every finite double is a whole number of 2^-1074.
  const total = usable.reduce<bigint>((sum, number) => sum + unitsOf(number), 0n);
  const divisor = BigInt(usable.length) << 1074n;
  const tenths = floorDivide(20n * total + divisor, 2n * divisor);
  const digits = (tenths < 0n ? -tenths : tenths).toString().padStart(2, '0');
  const fraction = digits.endsWith('0') ? '' : `.${digits.slice(-1)}`;
  return `${tenths < 0n ? '-' : ''}${digits.slice(0, -1)}${fraction}`;
}

function unitsOf(number: bigint | number): bigint {
  if (typeof number === 'bigint') return number << 1074n;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const units = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return bits >> 63n === 1n ? -units : units;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
