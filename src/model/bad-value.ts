import { AuditError } from './errors.ts';

/** A value that cannot be, under the name that whoever gave it knows it by. */
export function badValue({ name, value }: { readonly name: string; readonly value: string }, hint: string): AuditError {
  return new AuditError('usage', `${name} cannot be '${value}'`, hint);
}
