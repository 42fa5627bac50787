import { AuditError } from './errors.ts';

export function nodeExists(id: string): AuditError {
  const hint = 'save it to update the one that is there, or give it another id';
  return new AuditError('record-exists', `there is a node ${id} already`, hint);
}

export function edgeExists(id: string): AuditError {
  return new AuditError('record-exists', `there is an edge ${id} already`, 'save it to change what it says');
}

export function nodeVetoed(id: string): AuditError {
  return new AuditError('record-vetoed', `a hook has vetoed node ${id}`, 'ask whoever wrote the hook why');
}
