import { existsSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { AuditError } from '../model/errors.ts';
import { compareUtf8 } from '../model/text.ts';

/** What SQLite and runs keep beside a database. */
const COMPANION = /(-(wal|shm|journal)|\.audit-lock)$/;

/** Whether a path is a pattern that files may match, and no file itself. */
export function isPattern(path: string, folder: string): boolean {
  return /[*?[{]/.test(path) && !existsSync(resolve(folder, path));
}

/**
 * The files that a path or a pattern means, absolute and in order; a relative one starts from `folder`. The target is no
 * source because it matches. Throws where a pattern matches nothing.
 */
export async function findSources(pattern: string, folder: string, target: string): Promise<readonly string[]> {
  if (!isPattern(pattern, folder)) return [resolve(folder, pattern)];
  const { glob } = await import('tinyglobby');
  const found = await glob(pattern, { cwd: folder, absolute: true, expandDirectories: false, dot: true });
  const files = found.filter((path) => !COMPANION.test(path) && !isSameFile(path, target));
  if (files.length > 0) return files.toSorted(compareUtf8);
  const hint = 'name a sessions.db with --source, or quote a pattern that matches some';
  throw new AuditError('source-not-found', `no file matches ${resolve(folder, pattern)}`, hint);
}

/** The same path or pattern from whatever folder. */
export async function absoluteSource(pattern: string, folder: string): Promise<string> {
  if (!isPattern(pattern, folder) || isAbsolute(pattern)) return resolve(folder, pattern);
  const { escapePath } = await import('tinyglobby');
  return join(escapePath(folder), pattern);
}

function isSameFile(path: string, target: string): boolean {
  const [one, other] = [statOf(path), statOf(target)];
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
