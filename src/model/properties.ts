/** The properties of a node, whoever wrote them: any value may be anything. */
export type Properties = { readonly [name: string]: unknown };

const NONE: Properties = {};

/** Reads the JSON of a node's properties; what is no JSON object has none. */
export function readProperties(json: string | null | undefined): Properties {
  if (!json) return NONE;
  try {
    const value: unknown = JSON.parse(json);
    return isProperties(value) ? value : NONE;
  } catch {
    return NONE;
  }
}

function isProperties(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
