import type { ErrorCode } from '../model/errors.ts';

/** What a driver error on a backup means to a user: code, message and hint. */
export function describeBackupError(
  code: string,
  path: string,
): readonly [code: ErrorCode, message: string, hint: string] {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return ['backup-locked', `backup ${path} stayed locked by another program`, 'run again when it is done'];
  }
  if (code === 'SQLITE_NOTADB') {
    const hint = 'name a file that audit-extract backup made';
    return ['backup-not-a-database', `backup ${path} is not a SQLite database`, hint];
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return ['backup-corrupt', `backup ${path} is damaged`, 'name another backup'];
  }
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') {
    return ['backup-full', `the disk of backup ${path} is full`, 'free some space, or name a file on another disk'];
  }
  const hint = 'check the file, its folder and the room on its disk';
  return ['backup-failed', `backup ${path} cannot be read or written`, hint];
}
