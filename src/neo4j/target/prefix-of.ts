/** The prefix of a key, the origin in front of it: `err` of `err:s1:Bash`, `@lap1:err` of `@lap1:err:s1:Bash`. Undefined where it has none. */
export function prefixOf(key: string): string | undefined {
  const first = key.indexOf(':');
  const end = key.startsWith('@') && first > 0 ? key.indexOf(':', first + 1) : first;
  return end > 0 ? key.slice(0, end) : undefined;
}
