const format = new Intl.NumberFormat();

/** A count, with its thousands apart. */
export const formatCount = (count: number | bigint): string => format.format(count);

/** A count of things, like `1 error` or `2,000 errors`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
