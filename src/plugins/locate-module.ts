import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, resolve } from 'node:path';

/** The file of a module that is named relative to `folder`, or is a package that can be required from there. Throws when it is not there. */
export function locateModule(specifier: string, folder: string): string {
  const path = isAbsolute(specifier) ? specifier : resolve(folder, specifier);
  return existsSync(path) ? path : createRequire(resolve(folder, 'package.json')).resolve(specifier);
}
