import { readFileSync } from 'node:fs';
import { AuditError, reasonOf } from '../model/errors.ts';

/** Who connects. Both are undefined for a server that asks nobody. */
export interface Credentials {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const USUAL_USER = 'neo4j';

/**
 * Reads who connects from the environment: `AUDIT_EXTRACT_NEO4J_USER`, and `AUDIT_EXTRACT_NEO4J_PASSWORD` or the first line
 * of the file that `AUDIT_EXTRACT_NEO4J_PASSWORD_FILE` names. Flags have none of it, as any list of processes shows them.
 */
export function readCredentials(env: Readonly<Record<string, string | undefined>>): Credentials {
  const named = env['AUDIT_EXTRACT_NEO4J_USER'] || undefined;
  const file = env['AUDIT_EXTRACT_NEO4J_PASSWORD_FILE'] || undefined;
  const password = env['AUDIT_EXTRACT_NEO4J_PASSWORD'] || (file === undefined ? undefined : readPassword(file));
  if (password !== undefined) return { user: named ?? USUAL_USER, password };
  if (named === undefined) return { user: undefined, password: undefined };
  const hint = 'set AUDIT_EXTRACT_NEO4J_PASSWORD, or AUDIT_EXTRACT_NEO4J_PASSWORD_FILE';
  throw new AuditError('usage', 'AUDIT_EXTRACT_NEO4J_USER is set, and no password is', hint);
}

function readPassword(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const message = `the password file ${file} cannot be read: ${reasonOf(error)}`;
    throw new AuditError('usage', message, 'make it readable for whoever runs this, and for nobody else', error);
  }
  const [line = ''] = text.split(/\r?\n/);
  if (line !== '') return line;
  throw new AuditError('usage', `the password file ${file} is empty`, 'write the password into its first line');
}
