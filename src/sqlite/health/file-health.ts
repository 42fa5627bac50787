import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { FileHealth } from '../../model/health.ts';
import { connect } from '../connect.ts';
import { checkIntegrity } from '../integrity.ts';
import { openWithoutTrace } from '../read-only.ts';
import { type Place, translating } from '../translate-error.ts';

/** A file up to this size is checked in about a second, a time for which a reader may keep it. */
const CHECKED_IN_PASSING = 256 * 1024 * 1024;

/** Looks a database over; the file is left as it is. `isDeep` has every page and index of it checked, however long that takes. */
export function readFileHealth(place: Place & { readonly role: 'source' | 'target' }, isDeep: boolean): FileHealth {
  return translating(place, () => {
    const { db, close } = open(place);
    try {
      const bytes = statSync(place.path).size;
      const isChecked = isDeep || bytes <= CHECKED_IN_PASSING;
      const integrity = isChecked ? checkIntegrity(db, isDeep ? 'whole' : 'quick') : undefined;
      return {
        ...{ bytes, logBytes: statSync(`${place.path}-wal`, { throwIfNoEntry: false })?.size ?? 0 },
        isWal: pragma(db, 'journal_mode') === 'wal',
        freeBytes: Number(pragma(db, 'freelist_count')) * Number(pragma(db, 'page_size')),
        damage: integrity?.damage,
        unchecked: integrity?.unchecked ?? [],
      };
    } finally {
      close();
    }
  });
}

/** A source is never copied to be read: it may have many times the room of the temporary folder. */
function open({ role, path }: Place): { readonly db: Database; readonly close: () => void } {
  if (role === 'target') return openWithoutTrace(path);
  const db = connect(path, { readonly: true, fileMustExist: true });
  return { db, close: () => void db.close() };
}

function pragma(db: Database, name: 'journal_mode' | 'freelist_count' | 'page_size'): string | number | undefined {
  return db.prepare<[], string | number>(`PRAGMA ${name}`).pluck().get();
}
