const TEXT_OR_BRACKET = /"[^"\\]*(?:\\.[^"\\]*)*"|[[{\]}]/gs;

/** SQLite reads no JSON that is nested deeper than a thousand levels, and whoever asks it to would fail. */
export const DEEPEST_JSON = 500;

/** How many lists and objects of a JSON text are within one another where that is too many; else undefined. */
export function depthBeyond(json: string): number | undefined {
  if (json.length <= DEEPEST_JSON) return undefined;
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(TEXT_OR_BRACKET)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest > DEEPEST_JSON ? deepest : undefined;
}
