import { AuditError } from '../model/errors.ts';

/** That a file holds no graph, and why. */
export function invalidFile(file: string, why: string, cause?: unknown): AuditError {
  const hint = 'give a file that audit-extract export has written, whole';
  return new AuditError('exchange-invalid', `${file} cannot be imported: ${why}`, hint, cause);
}
