/** What an origin looks like, for people. */
export const ORIGIN_FORM = '1 to 64 letters, digits, dots, dashes and underscores';

/** Whether a text can say which machine a source is of: it becomes a part of ids, and of names in the graph. */
export function isOrigin(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text);
}
