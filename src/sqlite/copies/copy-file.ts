import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { AuditError } from '../../model/errors.ts';
import { describeBackupError } from '../backup-error.ts';
import type { Copying } from './copy-pages.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Copies an open file, byte by byte, into one that is empty; `shown` is what that is called. */
export async function copyFile(file: number, into: string, shown: string, { signal, onPages }: Copying): Promise<void> {
  const total = fstatSync(file).size;
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const copy = openSync(into, 'r+');
  try {
    for (let at = 0; ; ) {
      signal.throwIfAborted();
      const size = readSync(file, chunk, 0, chunk.length, at);
      if (size === 0) return;
      write(copy, chunk.subarray(0, size), shown);
      at += size;
      onPages?.(at, total);
      await setImmediate();
    }
  } finally {
    closeSync(copy);
  }
}

function write(copy: number, bytes: Buffer, shown: string): void {
  try {
    writeFileSync(copy, bytes);
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    const [code, message, hint] = describeBackupError(isFull ? 'SQLITE_FULL' : 'SQLITE_IOERR', shown);
    throw new AuditError(code, message, hint, error);
  }
}
