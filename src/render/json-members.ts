/** The values of a JSON object as JSON texts, digits and all; undefined when it is none. */
export function parseMembers(json: string): ReadonlyMap<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map(membersOf(json));
  } catch {
    return undefined;
  }
}

/** The members of a valid JSON object; `JSON.parse` would round integers of 64 bits. */
function* membersOf(json: string): Generator<readonly [key: string, value: string]> {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
  let depth = 0;
  let key: string | undefined;
  let value = '';
  for (const token of tokens.slice(1)) {
    const ends = depth === 0 && (token === ',' || token === '}');
    if (ends && key !== undefined) yield [JSON.parse(key), value];
    if (ends) [key, value] = [undefined, ''];
    else if (key === undefined) key = token;
    else if (depth > 0 || token !== ':') value += token;
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
  }
}
