/** A text in JSON, quotes included. */
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"/gs;

/**
 * Cleans the texts of a JSON document, names of members included; all else stays as it is, to the last digit. What is no
 * JSON is one text.
 */
export function cleanJsonTexts(json: string, clean: (text: string) => string): string {
  if (!isJson(json)) return clean(json);
  return json.replace(TEXT, (quoted) => {
    const text: string = JSON.parse(quoted);
    const cleaned = clean(text);
    return cleaned === text ? quoted : JSON.stringify(cleaned);
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
