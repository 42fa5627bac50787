import { AuditError, reasonOf } from '../model/errors.ts';

const TEXT_OR_LAYOUT = /"[^"\\]*(?:\\.[^"\\]*)*"|\s+/gs;
const SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * JSON text without layout, its numbers as they are to the last digit. Half a character becomes U+FFFD, as everywhere:
 * other readers of a graph fail at it. Throws on what is no JSON.
 */
export function compactJson(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    const why = reasonOf(error).split('\n')[0];
    throw new AuditError('action-invalid', `the details are no JSON: ${why}`, 'give one JSON value', error);
  }
  return text.replace(TEXT_OR_LAYOUT, (part) => (part.startsWith('"') ? wellFormed(part) : '')).toWellFormed();
}

function wellFormed(quoted: string): string {
  if (!SURROGATE.test(quoted)) return quoted;
  const text: string = JSON.parse(quoted);
  const whole = text.toWellFormed();
  return whole === text ? quoted : JSON.stringify(whole);
}
