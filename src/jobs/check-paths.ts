import { AuditError } from '../model/errors.ts';
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
  refuseUrl(target);
  if (source !== undefined) requireOpenable(source, 'source');
  requireOpenable(target, 'target');
}

/** Makes sure that what is done to a target is not done to the source, which is never written, be it known and there. */
export function checkApart(source: string | undefined, target: string): void {
  checkNames(source, target);
  requireOtherFile(target, source);
}

/** Makes sure that a target that is written, or made, is what it should be. */
export function checkTargetPath(target: string): void {
  refuseUrl(target);
  requireTargetPlace(target, undefined);
}

/** Throws where a target is none that could be opened. */
export function refuseUrl(target: string): void {
  if (!isUrl(target)) return;
  throw new AuditError('usage', 'the target is a URL, which this version cannot write to', 'name a file');
}

/** Whether a target is a URL and no path. Never print one as it is: it may hold a password. */
export function isUrl(target: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]+:\/\//i.test(target);
}
