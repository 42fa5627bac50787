import { accessSync, constants, existsSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AuditError } from '../model/errors.ts';

/** Makes sure that a target that is only looked at is a file. */
export function requireTargetFile(target: string): void {
  const file = statOf(target);
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

/** Makes sure that a target that is written, or made, is what it should be, and not the source, where one is named. */
export function requireTargetPlace(target: string, source: string | undefined): void {
  requireOpenable(target, 'target');
  const file = statOf(target);
  if (file === undefined) {
    const folder = dirname(target);
    if (statOf(folder)?.isDirectory()) return;
    throw new AuditError(
      'target-folder-missing',
      `folder ${folder} of the target does not exist`,
      `make it: mkdir -p '${folder}'`,
    );
  }
  if (!file.isFile()) throw notAFile(target);
  requireOtherFile(target, source);
}

/** Makes sure that what is done to a target is not done to the source, which is never written, be it known and there. */
export function requireOtherFile(target: string, source: string | undefined): void {
  const [sourceFile, targetFile] = [source === undefined ? undefined : statOf(source), statOf(target)];
  if (!sourceFile?.isFile() || targetFile === undefined) return;
  if (targetFile.dev !== sourceFile.dev || targetFile.ino !== sourceFile.ino) return;
  throw new AuditError(
    'target-is-source',
    `source and target are the same file, ${source}`,
    'name another file with --target',
  );
}

/** Makes sure that a file of this name can be opened: the driver cuts blanks off the ends of a name, and would open another one. */
export function requireOpenable(path: string, role: 'source' | 'target'): void {
  const real = existsSync(path) ? realpathSync(path) : path;
  if (path.trim() === path && real.trim() === real) return;
  throw new AuditError('usage', `${role} ${path} begins or ends in white space`, 'give the file another name');
}

/** What is known of a file. Follows links; a path that leads nowhere, or through a file, is not there. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function notAFile(target: string): AuditError {
  const hint = 'name a file with --target, like org.db';
  return new AuditError('target-not-a-file', `target ${target} is not a file`, hint);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
