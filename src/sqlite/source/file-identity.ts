import { statSync } from 'node:fs';
import { AuditError } from '../../model/errors.ts';

/** Which file a path leads to: another one may come to stand there. */
export function identityOf(path: string): string {
  const { dev, ino, birthtimeMs } = statSync(path);
  return `${dev}:${ino}:${birthtimeMs}`;
}

/** Throws where a path does not lead to the file that it led to before. */
export function requireIdentity(path: string, identity: string): void {
  let found: string | undefined;
  try {
    found = identityOf(path);
  } catch {
    // A file that is gone is not the one either.
  }
  if (found === identity) return;
  const message = `source ${path} was replaced or removed while it was read`;
  throw new AuditError('source-changed', message, 'run again with the file that is meant');
}
