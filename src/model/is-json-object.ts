/** Whether a text is a JSON object. What others stored may be anything; ours always is one. */
export function isJsonObject(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
