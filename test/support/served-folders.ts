import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp-folder.ts';

/** A temporary folder for a server alone, and what it has left in it. */
export function serverTemp(): {
  readonly env: Readonly<Record<string, string>>;
  readonly left: () => readonly string[];
} {
  const folder = join(tempFolder(), 'tmp');
  mkdirSync(folder);
  return { env: { TMPDIR: folder }, left: () => readdirSync(folder) };
}
