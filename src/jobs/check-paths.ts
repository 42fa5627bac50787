import { accessSync, constants, existsSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AuditError } from '../model/errors.ts';

/** Makes sure that source and target are what they should be, before anything is opened or made. */
export function checkPaths(source: string, target: string): void {
  checkNames(source, target);
  checkTarget(target, requireSourceFile(source), source);
}

/** Makes sure that a source is a file, and gives what is known of it. */
export function requireSourceFile(source: string): Stats {
  const file = stat(source);
  if (file === undefined) {
    throw new AuditError('source-not-found', `source ${source} does not exist`, 'name a sessions.db with --source');
  }
  if (file.isFile()) return file;
  throw new AuditError('source-not-a-file', `source ${source} is not a file`, 'name a sessions.db with --source');
}

/** Makes sure that a target that is only looked at is a file. */
export function requireTargetFile(target: string): void {
  const file = stat(target);
  if (file === undefined) {
    throw new AuditError(
      'target-not-found',
      `target ${target} does not exist`,
      'a first run makes it; or name another',
    );
  }
  if (!file.isFile()) throw notAFile(target);
  if (!isReadable(target))
    throw new AuditError('target-unreadable', `target ${target} cannot be read`, 'make it readable');
}

function notAFile(target: string): AuditError {
  const hint = 'name a file with --target, like org.db';
  return new AuditError('target-not-a-file', `target ${target} is not a file`, hint);
}

/** Makes sure that files of these names could be opened, whether or not they are there. */
export function checkNames(source: string | undefined, target: string): void {
  if (isUrl(target)) {
    throw new AuditError('usage', 'the target is a URL, which this version cannot write to', 'name a file');
  }
  if (source !== undefined) requireOpenable(source, 'source');
  requireOpenable(target, 'target');
}

/** Makes sure that what is done to a target is not done to the source, which is never written, be it known and there. */
export function checkApart(source: string | undefined, target: string): void {
  checkNames(source, target);
  const [sourceFile, targetFile] = [source === undefined ? undefined : stat(source), stat(target)];
  if (source !== undefined && sourceFile?.isFile() && targetFile) requireOther(targetFile, sourceFile, source);
}

/** Makes sure that a target that is written, or made, is what it should be. */
export function checkTargetPath(target: string): void {
  checkNames(undefined, target);
  checkTarget(target, undefined, '');
}

function checkTarget(target: string, sourceFile: Stats | undefined, source: string): void {
  const targetFile = stat(target);
  if (targetFile === undefined) {
    const folder = dirname(target);
    if (stat(folder)?.isDirectory()) return;
    throw new AuditError(
      'target-folder-missing',
      `folder ${folder} of the target does not exist`,
      `make it: mkdir -p '${folder}'`,
    );
  }
  if (!targetFile.isFile()) throw notAFile(target);
  if (sourceFile) requireOther(targetFile, sourceFile, source);
}

function requireOther(targetFile: Stats, sourceFile: Stats, source: string): void {
  if (targetFile.dev !== sourceFile.dev || targetFile.ino !== sourceFile.ino) return;
  throw new AuditError(
    'target-is-source',
    `source and target are the same file, ${source}`,
    'name another file with --target',
  );
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Follows links; a path that leads nowhere, or through a file, is not there. */
function stat(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The driver cuts blanks off the ends of a name, and would open another file. */
function requireOpenable(path: string, role: string): void {
  const real = existsSync(path) ? realpathSync(path) : path;
  if (path.trim() === path && real.trim() === real) return;
  throw new AuditError('usage', `${role} ${path} begins or ends in white space`, 'give the file another name');
}

/** Whether a target is a URL and no path. Never print one as it is: it may hold a password. */
export function isUrl(target: string): boolean {
  return /^\s*[a-z][a-z0-9+.-]+:\/\//i.test(target);
}
