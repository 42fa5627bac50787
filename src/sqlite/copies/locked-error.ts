import { AuditError } from '../../model/errors.ts';
import type { Place } from '../translate-error.ts';

/** The driver tells of a lock that kept a copy from its file without an error; this is that error. */
export function lockedError({ path }: Place): AuditError {
  return new AuditError(
    'target-locked',
    `target ${path} stayed locked by another program`,
    'run again when it is done',
  );
}
