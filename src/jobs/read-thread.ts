import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { FlushReading } from '../engine/flush-reading.ts';
import { unpackEntries } from '../engine/packed-entries.ts';
import type { ReadEvent } from '../engine/read-event.ts';
import { moduleOf } from '../extractors/extractor-module.ts';
import { AuditError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import { originOf } from '../model/key.ts';
import type { Source } from '../model/source.ts';
import { ON_THEIR_WAY, type ReadMessage, type ReadTask, STOP } from './read-thread-messages.ts';

/** Built, and found from wherever this module is built into. A program that runs the sources as they are has no thread, and does without. */
const THREAD = new URL('../jobs/read-thread-program.js', import.meta.url);

/** Rows die young: a small nursery keeps memory small, and is the faster one too. */
const YOUNG_MB = 6;

/** Whether there is a thread to read in. */
export const canReadInThread = existsSync(THREAD);

/** Reads a table in a thread of its own, with a connection of its own, from the moment that it is made. */
export class ReadThread implements FlushReading {
  readonly isBeside = true;
  readonly #extractor: AnyExtractor;
  readonly #source: Source;
  readonly #gate = new Int32Array(new SharedArrayBuffer(8));
  readonly #messages: AsyncIterable<ReadMessage[]>;
  readonly #ended: Promise<unknown>;

  constructor(
    extractor: AnyExtractor,
    source: Source,
    how: Omit<ReadTask, 'source' | 'identity' | 'extractor' | 'origin' | 'module' | 'gate'>,
  ) {
    this.#extractor = extractor;
    this.#source = source;
    const workerData: ReadTask = {
      ...how,
      source: source.path,
      identity: source.identity,
      extractor: extractor.name,
      origin: originOf(extractor.prefix),
      module: moduleOf(extractor),
      gate: this.#gate,
    };
    const worker = new Worker(THREAD, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    this.#messages = on(worker, 'message', { close: ['exit'] });
    this.#ended = new Promise((resolve) => worker.once('exit', resolve));
  }

  async *events(): AsyncGenerator<ReadEvent, void> {
    for await (const [message] of this.#messages) {
      if (message === undefined) continue;
      if ('longestReadMs' in message) {
        this.#source.noteRead(message.longestReadMs);
        this.#source.redactor.count(message.secrets);
      }
      const event = toEvent(this.#extractor, message);
      if (event === undefined) return;
      yield event;
      if (event.type !== 'entries') continue;
      Atomics.sub(this.#gate, ON_THEIR_WAY, 1);
      Atomics.notify(this.#gate, ON_THEIR_WAY);
    }
    throw new Error('the reading thread ended without a word');
  }

  async close(): Promise<void> {
    Atomics.store(this.#gate, STOP, 1);
    Atomics.notify(this.#gate, ON_THEIR_WAY);
    await this.#ended;
  }
}

/** Undefined at the end. Throws what the thread failed with. */
function toEvent(extractor: AnyExtractor, message: ReadMessage): ReadEvent | undefined {
  switch (message.type) {
    case 'packed':
      return { type: 'entries', entries: unpackEntries(extractor, message.packed), upTo: message.upTo };
    case 'ended':
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
