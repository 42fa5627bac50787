import { closeSync, fstatSync, openSync, read, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { AuditError, reasonOf } from '../model/errors.ts';
import type { ExchangeFile, ExchangeLine } from '../model/exchange-file.ts';
import { csvLines } from './csv-lines.ts';
import { invalidFile } from './invalid-file.ts';
import { ndjsonLines } from './ndjson-lines.ts';
import { openZip } from './zip-entries.ts';

/** Bytes that are read at once. */
const CHUNK = 65_536;
const readAt = promisify(read);

const HINT = 'name a .zip or .ndjson file that audit-extract export has written';

/** Opens a file that holds a graph: a zip of CSV files, or lines of JSON, as it begins. */
export async function openExchangeFile(path: string): Promise<ExchangeFile> {
  const handle = openFile(path);
  try {
    const { size } = fstatSync(handle);
    const start = Buffer.alloc(4);
    readSync(handle, start, 0, start.length, 0);
    const lines = await linesOf(path, handle, { size, start: start.toString('latin1') });
    return { path, lines, close: () => closeSync(handle) };
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

/** Every reading begins at the beginning, of the file that was opened, whatever has come to have its name. */
async function linesOf(
  path: string,
  handle: number,
  { size, start }: { readonly size: number; readonly start: string },
): Promise<() => AsyncIterable<ExchangeLine>> {
  if (start.startsWith('PK')) {
    const tables = await openZip(path, handle, size);
    return async function* () {
      for (const { file, table, chunks } of tables) yield* csvLines(file, table, chunks());
    };
  }
  if (/\.zip$/i.test(path)) throw invalidFile(path, 'it is no zip');
  return () => ndjsonLines(basename(path), chunksOf(handle));
}

/** A stream would close the handle when nobody reads on, and another file might have its number by then. */
async function* chunksOf(handle: number): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await readAt(handle, Buffer.alloc(CHUNK), 0, CHUNK, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** Looked at before it is opened: to open a pipe is to wait for its other end. */
function openFile(path: string): number {
  const isFile = trying(path, () => statSync(path).isFile());
  if (!isFile) throw new AuditError('usage', `${path} is not a file`, HINT);
  return trying(path, () => openSync(path, 'r'));
}

function trying<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw new AuditError('usage', `${path} cannot be read: ${reasonOf(error).split(',')[0]}`, HINT, error);
  }
}
