const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** The integer that digits mean; undefined where SQLite has none of that size. */
export function exactInteger(digits: string): bigint | undefined {
  const integer = BigInt(digits);
  return integer >= LEAST && integer <= GREATEST ? integer : undefined;
}
