import type { Database } from 'better-sqlite3';
import { compareUtf8 } from '../../model/text.ts';

/** How a file orders keys: by the bytes of its own encoding. */
export function keyOrderOf(db: Database): (a: string, b: string) => number {
  const encoding = db.prepare<[], string>('PRAGMA encoding').pluck().get();
  if (encoding === 'UTF-8') return compareUtf8;
  const bytesOf = (key: string): Buffer => {
    const bytes = Buffer.from(key, 'utf16le');
    return encoding === 'UTF-16be' ? bytes.swap16() : bytes;
  };
  return (a, b) => Buffer.compare(bytesOf(a), bytesOf(b));
}
