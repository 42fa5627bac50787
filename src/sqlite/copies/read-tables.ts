import type { TableRows } from '../../model/graph-copy.ts';
import { openToRead } from '../open-to-read.ts';
import { countTables } from './count-tables.ts';

/** The tables of a graph and their rows, as far as it can be read; the file is left as it is. */
export function readTables(path: string): readonly TableRows[] {
  return openToRead(path, (db, _, close) => {
    const tables = countTables(db);
    close();
    return tables;
  });
}
