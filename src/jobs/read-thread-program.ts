import { parentPort, workerData } from 'node:worker_threads';
import { packEntries } from '../engine/packed-entries.ts';
import type { ReadEvent } from '../engine/read-event.ts';
import { readFlushes } from '../engine/read-flushes.ts';
import { builtinExtractors } from '../extractors/index.ts';
import { withOrigin } from '../extractors/with-origin.ts';
import { AuditError, summarizeError } from '../model/errors.ts';
import type { AnyExtractor } from '../model/extractor.ts';
import type { Source } from '../model/source.ts';
import { createRedactor } from '../redaction/create-redactor.ts';
import { openSource } from '../sqlite/source/source.ts';
import { openStaging } from '../sqlite/source/staging.ts';
import { MOST_ON_THEIR_WAY, ON_THEIR_WAY, type ReadMessage, type ReadTask, STOP } from './read-thread-messages.ts';

/** The program of a thread that reads a table and folds it, while the main thread writes. */
async function readInThread(task: ReadTask): Promise<void> {
  const source = openSource(task.source, { ...task, redactor: createRedactor(task.redaction) });
  try {
    const extractor = await findExtractor(task);
    for (const event of readFlushes(extractor, { source, openStaging }, task.reading, task.pace)) {
      if (Atomics.load(task.gate, STOP) !== 0) return;
      tell(task, toMessage(event, task, source));
    }
    tell(task, { type: 'ended' });
  } finally {
    source.close();
  }
}

function toMessage(event: ReadEvent, { kept }: ReadTask, { longestReadMs, redactor }: Source): ReadMessage {
  if (event.type === 'window') return { ...event, longestReadMs, secrets: redactor.takeCounts() };
  if (event.type === 'entries') return { type: 'packed', packed: packEntries(event.entries, kept), upTo: event.upTo };
  return event;
}

/** Waits while the main thread is busy, so that entries do not pile up; other messages are small. */
function tell({ gate }: ReadTask, message: ReadMessage): void {
  if (message.type === 'packed') {
    for (;;) {
      const waiting = Atomics.load(gate, ON_THEIR_WAY);
      if (waiting < MOST_ON_THEIR_WAY || Atomics.load(gate, STOP) !== 0) break;
      Atomics.wait(gate, ON_THEIR_WAY, waiting, 100);
    }
    Atomics.add(gate, ON_THEIR_WAY, 1);
  }
  parentPort?.postMessage(message);
}

async function findExtractor({ extractor, origin, module }: ReadTask): Promise<AnyExtractor> {
  const found: AnyExtractor | undefined =
    module === undefined ? builtinExtractors.find(({ name }) => name === extractor) : (await import(module)).default;
  if (found === undefined) throw new Error(`no extractor ${extractor}`);
  return withOrigin(found, origin);
}

const task: ReadTask = workerData;
try {
  await readInThread(task);
} catch (error) {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const summary = error instanceof AuditError ? summarizeError(error) : undefined;
  tell(task, { type: 'failed', summary, message, stack });
}
