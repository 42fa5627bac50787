const TEXT_OR_LAYOUT = /"[^"\\]*(?:\\.[^"\\]*)*"|\s+/gs;
const SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * JSON text without layout, its numbers as they are to the last digit. Half a character becomes U+FFFD, as everywhere:
 * other readers of a graph fail at it.
 */
export function compactJson(json: string): string {
  return json.replace(TEXT_OR_LAYOUT, (part) => (part.startsWith('"') ? wellFormed(part) : '')).toWellFormed();
}

function wellFormed(quoted: string): string {
  if (!SURROGATE.test(quoted)) return quoted;
  const text: string = JSON.parse(quoted);
  const whole = text.toWellFormed();
  return whole === text ? quoted : JSON.stringify(whole);
}
