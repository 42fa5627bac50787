import { parseInstant } from './instant.ts';

/** Where an event says when it was; the last of its times first. */
const TIMES = ['last_occurrence', 'timestamp', 'updated_at', 'created_at'] as const;

/** When an event was, the last time where it was several times, as it is stored; undefined where it names no date. */
export function eventTime(properties: string | null): string | undefined {
  const named = parseObject(properties);
  for (const name of TIMES) {
    const text = named?.[name];
    if (typeof text === 'string' && parseInstant(text) !== undefined) return text;
  }
  return undefined;
}

/** JSON text that is an object; undefined where it is none, as others may have stored anything. */
export function parseObject(json: string | null): { readonly [name: string]: unknown } | undefined {
  if (json === null || !json.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
