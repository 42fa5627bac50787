const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;

/** The text of a member of a JSON object, numbers to the last digit as it was written; the last one of that name counts. */
export function rawMember(json: string, name: string): string | undefined {
  let depth = 0;
  let key: string | undefined;
  let start: number | undefined;
  let found: string | undefined;
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const isEnd = depth === 1 && (token === ',' || token === '}');
    if (isEnd && start !== undefined) found = json.slice(start, index);
    if (isEnd) start = key = undefined;
    else if (depth === 1 && token === ':' && start === undefined && key === name) start = index + 1;
    else if (depth === 1 && key === undefined && token.startsWith('"')) key = JSON.parse(token);
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
  }
  return found?.trim();
}

/** The texts of the items of a JSON list, in order, numbers to the last digit as they were written. */
export function rawItems(json: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const isEnd = depth === 1 && (token === ',' || token === ']');
    if (isEnd && (token === ',' || json.slice(start, index).trim() !== '')) items.push(json.slice(start, index).trim());
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (isEnd || (depth === 1 && token === '[')) start = index + 1;
  }
  return items;
}
