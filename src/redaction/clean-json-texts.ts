type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Cleans the texts of a JSON document, names of members included; the document as it is where none of them changes. What is no JSON is one text. */
export function cleanJsonTexts(json: string, clean: (text: string) => string): string {
  let isChanged = false;
  const cleanText = (text: string): string => {
    const cleaned = clean(text);
    isChanged ||= cleaned !== text;
    return cleaned;
  };
  try {
    const cleaned = cleanValue(JSON.parse(json), cleanText);
    return isChanged ? JSON.stringify(cleaned) : json;
  } catch {
    // No JSON, or deeper than anybody can go.
    return clean(json);
  }
}

function cleanValue(value: Json, clean: (text: string) => string): Json {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((item) => cleanValue(item, clean));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [clean(name), cleanValue(member, clean)]));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
