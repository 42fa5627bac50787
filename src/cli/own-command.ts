import { fileURLToPath } from 'node:url';

/** The words that start this program from anywhere: the Node that runs it now, and its script, which stands two folders up. */
export function ownCommand(): readonly string[] {
  return [process.execPath, fileURLToPath(new URL('../../bin/audit-extract.js', import.meta.url))];
}
