import { AuditError } from '../model/errors.ts';
import type { RecordKind } from './record-kind.ts';

type What = RecordKind<unknown, unknown>['what'];

/** The error of a record that is not there, or is deleted. */
export function recordNotFound(what: What, id: string): AuditError {
  return new AuditError('node-not-found', `there is no ${what} ${id}`, 'list what there is');
}

/** The error of a deletion that a hook does not allow. */
export function deletionVetoed(what: What, id: string): AuditError {
  return new AuditError('record-vetoed', `a hook has vetoed to delete ${what} ${id}`, 'ask whoever wrote the hook why');
}
