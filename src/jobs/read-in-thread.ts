import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { unpackEntries } from '../engine/packed-entries.ts';
import type { ReadEvent } from '../engine/read-flushes.ts';
import { moduleOf } from '../extractors/extractor-module.ts';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';
import { ON_THEIR_WAY, type ReadMessage, type ReadTask, STOP } from './read-thread-messages.ts';

/** Built beside this file. A program that runs the sources as they are has no thread, and does without. */
const THREAD = new URL('./read-thread.js', import.meta.url);

/** Rows die young: a small nursery keeps memory small, and is the faster one too. */
const YOUNG_MB = 6;

/** Whether there is a thread to read in. */
export const canReadInThread = existsSync(THREAD);

/** Reads a table in a thread of its own, with a connection of its own; yields what it finds, in order. */
export async function* readInThread(
  extractor: AnyExtractor,
  source: Source,
  how: Pick<ReadTask, 'windowRows' | 'reading' | 'pace'>,
): AsyncGenerator<ReadEvent, void> {
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const workerData: ReadTask = {
    ...how,
    source: source.path,
    extractor: extractor.name,
    module: moduleOf(extractor),
    gate,
  };
  const worker = new Worker(THREAD, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] })) {
      const event = toEvent(extractor, source, message);
      if (event === undefined) return;
      yield event;
      if (event.type !== 'entries') continue;
      Atomics.sub(gate, ON_THEIR_WAY, 1);
      Atomics.notify(gate, ON_THEIR_WAY);
    }
    throw new Error('the reading thread ended without a word');
  } finally {
    Atomics.store(gate, STOP, 1);
    Atomics.notify(gate, ON_THEIR_WAY);
    await ended;
  }
}

/** Undefined at the end. Throws what the thread failed with. */
function toEvent(extractor: AnyExtractor, source: Source, message: ReadMessage): ReadEvent | undefined {
  switch (message.type) {
    case 'packed':
      return { type: 'entries', entries: unpackEntries(extractor, message.packed), upTo: message.upTo };
    case 'ended':
      source.noteRead(message.longestReadMs);
      return undefined;
    case 'failed':
      throw toError(message);
    default:
      return message;
  }
}

/** The error as it would have been thrown in this thread. */
function toError({ summary, message, stack }: ReadMessage & { type: 'failed' }): Error {
  const error = summary ? new AuditError(summary.code, summary.message, summary.hint) : new Error(message);
  error.stack = stack;
  return error;
}
