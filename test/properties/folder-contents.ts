import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a folder by name, with the digest of its bytes. */
export function folderContents(folder: string): ReadonlyMap<string, string> {
  const digest = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return new Map(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, digest(name)]),
  );
}
