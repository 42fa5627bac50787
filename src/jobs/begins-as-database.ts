import { closeSync, openSync, readSync } from 'node:fs';

const DATABASE = 'SQLite format 3\0';

/** Whether a file, which is there, begins as every SQLite database does. Throws where it cannot be read. */
export function beginsAsDatabase(path: string): boolean {
  const handle = openSync(path, 'r');
  try {
    const start = Buffer.alloc(DATABASE.length);
    readSync(handle, start, 0, start.length, 0);
    return start.toString('latin1') === DATABASE;
  } finally {
    closeSync(handle);
  }
}
