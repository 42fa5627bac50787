import { addAbortSignal, type Readable } from 'node:stream';
import { throwIfInterrupted } from '../engine/interrupt.ts';
import { AuditError, reasonOf } from '../model/errors.ts';

/**
 * The text of a stream, part by part, without a byte order mark. Throws where it cannot be read, and when the program is
 * to end: a stream that nobody writes to would keep it waiting.
 */
export async function* readText(input: Readable, name: string, signal: AbortSignal): AsyncGenerator<string> {
  let isFirst = true;
  try {
    for await (const part of addAbortSignal(signal, input.setEncoding('utf8'))) {
      const text = String(part);
      yield isFirst ? text.replace(/^\ufeff/, '') : text;
      isFirst = false;
    }
  } catch (error) {
    throwIfInterrupted(signal);
    const why = reasonOf(error).split(',')[0];
    throw new AuditError('usage', `${name} cannot be read: ${why}`, 'name a file or a pipe that can be read', error);
  }
}
