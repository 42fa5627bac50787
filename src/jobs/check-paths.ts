import { AuditError } from '../model/errors.ts';
import { isNeo4jUrl, parseNeo4jAddress } from '../neo4j/neo4j-address.ts';
import { requireOpenable, requireOtherFile, requireTargetPlace, statOf } from '../sqlite/check-files.ts';

/** Makes sure that a source is a file that can be opened. */
export function requireSourceFile(source: string): void {
  const file = statOf(source);
  if (file === undefined) {
    throw new AuditError('source-not-found', `source ${source} does not exist`, 'name a sessions.db with --source');
  }
  if (file.isFile()) return;
  throw new AuditError('source-not-a-file', `source ${source} is not a file`, 'name a sessions.db with --source');
}

/** Makes sure that files of these names could be opened, whether or not they are there. */
export function checkNames(source: string | undefined, target: string): void {
  if (source !== undefined) requireOpenable(source, 'source');
  if (isNeo4jUrl(target)) {
    parseNeo4jAddress(target);
    return;
  }
  refuseUrl(target);
  requireOpenable(target, 'target');
}

/** Makes sure that what is done to a target is not done to the source, which is never written, be it known and there. */
export function checkApart(source: string | undefined, target: string): void {
  checkNames(source, target);
  if (!isNeo4jUrl(target)) requireOtherFile(target, source);
}

/** Throws where a target is on a server: `command` works on files alone; `instead` is what to do there. */
export function requireFileTarget(target: string, command: string, instead: string): void {
  if (!isNeo4jUrl(target)) return;
  const { shown } = parseNeo4jAddress(target);
  const hint = `${instead}, or name a file like org.db`;
  throw new AuditError(
    'target-not-a-file',
    `target ${shown} is on a server, and ${command} works on a file alone`,
    hint,
  );
}

/** Makes sure that a target that is written, or made, is what it should be. */
export function checkTargetPath(target: string): void {
  refuseUrl(target);
  requireTargetPlace(target, undefined);
}

/** Throws where a target is none that could be opened. */
export function refuseUrl(target: string): void {
  if (!isUrl(target)) return;
  throw new AuditError(
    'usage',
    'the target is a URL of no kind that can be written to',
    'name a file, or a server like neo4j+s://host',
  );
}

/** Whether a target is the address of a Neo4j server, with nothing in it that is not to be shown. */
export function isNeo4jTarget(target: string): boolean {
  if (!isNeo4jUrl(target)) return false;
  try {
    parseNeo4jAddress(target);
    return true;
  } catch {
    return false;
  }
}

/** Whether a target is a URL and no path. Never print one as it is: it may hold a password. */
export function isUrl(target: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]+:\/\//i.test(target);
}
