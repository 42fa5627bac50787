import { AuditError, reasonOf } from '../model/errors.ts';
import { withoutLayout } from '../model/json-layout.ts';

/** What is longer may be nested so deep that JSON.stringify fails. */
const LONGEST_PLAIN = 2000;

/** JSON text, and what it says. */
interface CompactJson {
  readonly text: string;
  readonly value: unknown;
}

/** The details of an action without layout. Throws on what is no JSON. */
export function compactJson(text: string): CompactJson {
  const value = parse(text);
  // What is written as JSON.stringify writes it has none, and most details are; an escape may be of half a character.
  if (text.length <= LONGEST_PLAIN && !text.includes('\\') && JSON.stringify(value) === text) return { text, value };
  const compact = withoutLayout(text);
  return { text: compact, value: JSON.parse(compact) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = reasonOf(error).split('\n')[0];
    throw new AuditError('action-invalid', `the details are no JSON: ${why}`, 'give one JSON value', error);
  }
}
