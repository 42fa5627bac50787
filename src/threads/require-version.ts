import { AuditError } from '../model/errors.ts';
import type { RecordBody } from './record-body.ts';

/** Which versions of a record a client knows and would change; undefined where it would change any. */
export type KnownVersions = readonly string[] | undefined;

/** Makes sure that a record still is what the client knows, so that nobody undoes what somebody else has changed. */
export function requireVersion(known: KnownVersions, { version }: RecordBody, what: string): void {
  if (known === undefined || known.includes(version)) return;
  const hint = 'read it again, and send the change with its new ETag';
  throw new AuditError('record-changed', `${what} is not what it was when it was read`, hint);
}
