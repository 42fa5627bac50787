/** A text as a part of a path or query; what is no character becomes U+FFFD, as a half of one cannot be sent. */
export const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

/** What a query may hold; what is empty is left out. */
export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** A path with its query. */
export function address(path: string, parameters: Parameters = {}): string {
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' || value === false ? [] : [`${name}=${encode(String(value))}`],
  );
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}
