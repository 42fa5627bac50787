import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a folder with the hash of its bytes: equal before and after when nothing was written. */
export function stateOfFolder(folder: string, skip: readonly string[] = []): Readonly<Record<string, string>> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, skip.includes(name) ? 'skipped' : hashOf(join(folder, name))]));
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
