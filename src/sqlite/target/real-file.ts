import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';

/** As many links as Linux follows from one name. */
const MOST_LINKS = 40;

/**
 * The one name of the file that a path leads to, also where that file is yet to be made. Links are followed as the
 * system does it: `..` in one leads up from where the folder before it really is. Throws where a folder is missing.
 */
export function realFileOf(path: string): string {
  let file = path;
  for (let links = 0; links <= MOST_LINKS; links++) {
    file = join(realpathSync.native(dirname(file)), basename(file));
    if (!lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) return file;
    const next = readlinkSync(file);
    file = isAbsolute(next) ? next : `${dirname(file)}/${next}`;
  }
  throw new Error('too many links');
}
