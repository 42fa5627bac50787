import Database from 'better-sqlite3';
import { openWithoutTrace } from '../read-only.ts';
import { type Place, translated, translating } from '../translate-error.ts';
import { type Copying, copyPages } from './copy-pages.ts';
import { lockedError } from './locked-error.ts';

/** What is copied where; `shown` is what the copy is to be called in the end. */
export interface GraphCopy {
  readonly path: string;
  readonly into: string;
  readonly shown: string;
}

/** Copies a graph, as it is at one moment, into a file that is there and empty, while others write the graph. */
export async function copyGraph({ path, into, shown }: GraphCopy, copying: Copying): Promise<void> {
  const place: Place = { role: 'target', path };
  const { db, close } = translating(place, () => openWithoutTrace(path));
  try {
    // A file that holds nothing at all has no pages to copy either.
    if (!(await copyPages(db, into, copying)) && pagesOf(db) > 0) throw lockedError(place);
  } catch (error) {
    throw translated(error, isOfCopy(error) ? { role: 'backup', path: shown } : place);
  } finally {
    close();
  }
}

function pagesOf(db: Database.Database): number {
  return db.prepare<[], number>('PRAGMA page_count').pluck().get() ?? 0;
}

/** Reading a graph neither fills a disk nor is refused for want of a right to write. */
function isOfCopy(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(FULL|IOERR|READONLY|PERM|CANTOPEN)/.test(error.code);
}
