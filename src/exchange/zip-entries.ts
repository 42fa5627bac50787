import { crc32 } from 'node:zlib';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { reasonOf } from '../model/errors.ts';
import { EXCHANGE_TABLES, type ExchangeTable } from '../model/exchange.ts';
import { ALWAYS_INFLATED, MOST_INFLATED_FOLD } from './exchange-limits.ts';
import { invalidFile } from './invalid-file.ts';

/** A file of a zip that holds a table. */
export interface ZippedTable {
  readonly table: ExchangeTable;
  readonly file: string;
  chunks(): AsyncIterable<Uint8Array>;
}

/** The tables in a zip, in the order in which they refer to each other. Throws where it holds anything else. */
export async function openZip(path: string, handle: number, bytes: number): Promise<readonly ZippedTable[]> {
  const entries = new Map<ExchangeTable, Entry>();
  const zip = await reading(path, () => fromFdPromise(handle, { autoClose: false, strictFileNames: true }));
  await reading(path, async () => {
    for await (const entry of zip.eachEntry()) {
      const table = requireTable(path, entry);
      if (entries.has(table)) throw invalidFile(path, `it has ${entry.fileName} twice`);
      entries.set(table, entry);
    }
  });
  if (entries.size === 0) throw invalidFile(path, 'it is an empty zip');
  requireSize(path, [...entries.values()], bytes);
  return EXCHANGE_TABLES.flatMap((table) => {
    const entry = entries.get(table);
    return entry === undefined ? [] : [{ table, file: entry.fileName, chunks: () => chunksOf(path, zip, entry) }];
  });
}

/** A name that is one of these leads nowhere else. */
function requireTable(path: string, entry: Entry): ExchangeTable {
  const table = EXCHANGE_TABLES.find((name) => `${name}.csv` === entry.fileName);
  if (table === undefined) throw invalidFile(path, `it has a file '${entry.fileName}', which is no table of a graph`);
  if (entry.isEncrypted()) throw invalidFile(path, `its ${entry.fileName} is encrypted`);
  return table;
}

/** A small zip may hold a disk full of one letter. */
function requireSize(path: string, entries: readonly Entry[], bytes: number): void {
  const inflated = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const most = Math.max(ALWAYS_INFLATED, bytes * MOST_INFLATED_FOLD);
  if (inflated <= most) return;
  throw invalidFile(path, `its ${bytes} bytes would become ${inflated}, which are more than ${most}`);
}

async function* chunksOf(path: string, zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void> {
  const stream = await reading(path, () => zip.openReadStreamPromise(entry));
  let sum = 0;
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new Error('a zip was read as text');
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw invalidFile(path, `${entry.fileName} is damaged: ${reasonOf(error)}`, error);
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32) throw invalidFile(path, `${entry.fileName} is damaged: its checksum is another one`);
}

async function reading<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const isTold = error instanceof Error && error.name === 'AuditError';
    throw isTold ? error : invalidFile(path, `it is no whole zip: ${reasonOf(error)}`, error);
  }
}
