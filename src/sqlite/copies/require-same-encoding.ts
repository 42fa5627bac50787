import { AuditError } from '../../model/errors.ts';
import { openWithoutTrace } from '../read-only.ts';
import { type Place, translating } from '../translate-error.ts';

/** Throws where a backup keeps texts in another encoding than the target: handles that others have open would fail on it. */
export function requireSameEncoding(file: string, target: string): void {
  const theirs = encodingOf({ role: 'backup', path: file });
  const ours = encodingOf({ role: 'target', path: target });
  if (theirs === ours) return;
  const message = `backup ${file} keeps texts as ${theirs}, target ${target} as ${ours}`;
  const hint = 'end the programs that have the target open, move it away, and restore in its place';
  throw new AuditError('backup-schema', message, hint);
}

function encodingOf(place: Place): string {
  return translating(place, () => {
    const { db, close } = openWithoutTrace(place.path);
    try {
      return db.prepare<[], string>('PRAGMA encoding').pluck().get() ?? '';
    } finally {
      close();
    }
  });
}
