import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { AuditError } from '../model/errors.ts';
import type { Io } from './io.ts';

/** More than any details may have; what is longer need not be read to its end to be refused. */
const LONGEST = 1_000_000;

/** The details of an action: JSON itself, `@FILE`, or `-` for standard input. */
export async function readDetails(given: string, { stdin, folder }: Pick<Io, 'stdin' | 'folder'>): Promise<string> {
  if (given === '-') return readText(stdin, 'standard input');
  if (!given.startsWith('@')) return given;
  const path = resolve(folder, given.slice(1));
  return readText(createReadStream(path), path);
}

async function readText(input: Readable, name: string): Promise<string> {
  let text = '';
  try {
    for await (const part of input.setEncoding('utf8')) {
      text += part;
      if (text.length > LONGEST) break;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message.split(',')[0] : String(error);
    throw new AuditError('usage', `details cannot be read from ${name}: ${why}`, 'give JSON, @FILE, or -', error);
  }
  return text;
}
