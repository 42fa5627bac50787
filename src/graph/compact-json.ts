import { AuditError, reasonOf } from '../model/errors.ts';
import { withoutLayout } from '../model/json-layout.ts';

/** JSON text without layout. Throws on what is no JSON. */
export function compactJson(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    const why = reasonOf(error).split('\n')[0];
    throw new AuditError('action-invalid', `the details are no JSON: ${why}`, 'give one JSON value', error);
  }
  return withoutLayout(text);
}
