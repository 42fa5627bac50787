import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from './io.ts';
import { readText } from './read-text.ts';

/** More than any details may have; what is longer need not be read to its end to be refused. */
const LONGEST = 1_000_000;

/** The details of an action: JSON itself, `@FILE`, or `-` for standard input. */
export async function readDetails(given: string, io: Pick<Io, 'stdin' | 'folder' | 'signal'>): Promise<string> {
  if (given === '-') return readAll(readText(io.stdin, 'standard input', io.signal));
  if (!given.startsWith('@')) return given;
  const path = resolve(io.folder, given.slice(1));
  return readAll(readText(createReadStream(path), path, io.signal));
}

async function readAll(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) {
    text += part;
    if (text.length > LONGEST) break;
  }
  return text;
}
