import { join } from 'node:path';
import { tempFolder } from '../support/temp-folder.ts';

/** Gives fresh paths in the test's own folder, one set for each run of a property. */
export function numberedFiles(): () => { readonly source: string; readonly target: (name?: string) => string } {
  const folder = tempFolder();
  let count = 0;
  return () => {
    count += 1;
    const number = count;
    return {
      source: join(folder, `${number}-sessions.db`),
      target: (name = 'org') => join(folder, `${number}-${name}.db`),
    };
  };
}
