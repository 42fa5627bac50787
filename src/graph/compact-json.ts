import { AuditError } from '../model/errors.ts';

const TEXT_OR_LAYOUT = /"[^"\\]*(?:\\.[^"\\]*)*"|\s+/gs;

/** JSON text without layout, its numbers as they are to the last digit. Throws on what is no JSON. */
export function compactJson(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new AuditError('action-invalid', `the details are no JSON: ${why}`, 'give one JSON value', error);
  }
  return text.replace(TEXT_OR_LAYOUT, (part) => (part.startsWith('"') ? part : ''));
}
