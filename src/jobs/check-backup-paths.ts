import { existsSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AuditError, reasonOf } from '../model/errors.ts';
import { beginsAsDatabase } from './begins-as-database.ts';

/** What stands beside a database and belongs to it. */
const BESIDE = /(-wal|-shm|-journal|\.audit-lock)$/;
const HINT = 'name another file';

/** The files that a backup must never take the place of. */
interface Taken {
  readonly target: string;
  readonly source: string | undefined;
}

/** Makes sure that a backup can be made under a name, and takes the place of nothing but another backup, if that is wanted. */
export function requireNewBackup(file: string, { target, source }: Taken, replace: boolean): void {
  requirePlainName(file);
  const old = statOf(file);
  if (BESIDE.test(file) && existsSync(file.replace(BESIDE, ''))) {
    throw new AuditError('usage', `${file} belongs to a database`, HINT);
  }
  if (old === undefined) {
    if (statOf(dirname(file))?.isDirectory()) return;
    throw new AuditError('usage', `folder ${dirname(file)} of the backup does not exist`, 'make it, or name another');
  }
  if (!old.isFile()) throw new AuditError('usage', `${file} is not a file`, HINT);
  if (isSame(old, target) || (source !== undefined && isSame(old, source))) {
    throw new AuditError(
      'usage',
      `${file} is no backup, but in use as ${isSame(old, target) ? 'target' : 'source'}`,
      HINT,
    );
  }
  if (!replace) throw new AuditError('backup-exists', `${file} is there already`, 'name another file, or add --force');
  requireDatabase(file, old);
  // What it would leave behind could not be told from what belongs to the new one.
  const beside = ['-wal', '-journal'].find((end) => existsSync(file + end));
  if (beside === undefined) return;
  throw new AuditError('usage', `${file} is in use: ${file}${beside} stands beside it`, HINT);
}

/** Makes sure that a backup is there to be restored, and is another file than the target. */
export function requireBackup(file: string, target: string): void {
  requirePlainName(file);
  const found = statOf(file);
  if (found === undefined) throw new AuditError('backup-not-found', `backup ${file} does not exist`, HINT);
  if (!found.isFile()) throw new AuditError('usage', `backup ${file} is not a file`, HINT);
  if (isSame(found, target)) throw new AuditError('usage', `${file} is the target itself`, HINT);
}

/** The driver cuts blanks off the ends of a name, and would open another file. */
function requirePlainName(file: string): void {
  if (file.trim() !== file) throw new AuditError('usage', `${file} begins or ends in white space`, HINT);
}

/** A letter that is named by mistake is none; what was cut short, or is empty, may have been a backup. */
function requireDatabase(file: string, { size }: Stats): void {
  try {
    if (size === 0 || beginsAsDatabase(file)) return;
  } catch (error) {
    throw new AuditError('usage', `${file} cannot be read: ${reasonOf(error).split(',')[0]}`, HINT, error);
  }
  throw new AuditError('usage', `${file} is no backup, and is not replaced`, HINT);
}

function isSame(file: Stats, path: string): boolean {
  const other = statOf(path);
  return other !== undefined && other.dev === file.dev && other.ino === file.ino;
}

/** Follows links; undefined for what is not there. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
