import type { Database } from 'better-sqlite3';
import { openWithoutTrace } from './read-only.ts';
import { type Place, translating } from './translate-error.ts';

/** Opens a graph to look at it; the file is left as it is. Where `make` throws, it is closed again; else that is up to its result. */
export function openToRead<Opened>(
  path: string,
  make: (db: Database, place: Place, close: () => void, isCopy: boolean) => Opened,
): Opened {
  const place: Place = { role: 'target', path };
  return translating(place, () => {
    const { db, close, isCopy } = openWithoutTrace(path);
    try {
      return make(db, place, close, isCopy);
    } catch (error) {
      close();
      throw error;
    }
  });
}
