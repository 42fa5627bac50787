import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AuditError } from '../model/errors.ts';
import type { Interruption } from '../model/interruption.ts';
import type { ThreadFailure, ThreadNews, ThreadOrder } from './messages.ts';
import type { TaskInput, TaskName, TaskNote, TaskOutput } from './tasks/index.ts';
import type { ThreadSettings } from './thread-settings.ts';

/** Built, and found from wherever this module is built into. */
const PROGRAM = new URL('../threads/thread-program.js', import.meta.url);

/** How a call is listened to. */
export interface Listening<Name extends TaskName> {
  /** Aborted, with an `Interruption` as reason, to end the call early. */
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((note: TaskNote<Name>) => void) | undefined;
}

/** A thread that does tasks, from the outside. */
export class Thread {
  readonly #worker: Worker;
  /** Emits what the thread says, by the number of the call. */
  readonly #answers = new EventEmitter();
  readonly #ended: Promise<void>;
  #calls = 0;
  #isOver = false;

  constructor(settings: ThreadSettings) {
    this.#worker = new Worker(PROGRAM, { workerData: settings });
    this.#worker.on('message', (news: ThreadNews) => this.#answers.emit(String(news.call), news));
    this.#worker.on('error', (error) => this.#failAll(error));
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#isOver = true;
        this.#failAll(new Error('a thread ended without a word'));
        resolve();
      });
    });
  }

  /** How many calls wait for their outcome. */
  get load(): number {
    return this.#answers.eventNames().length;
  }

  /** Whether it has ended, and takes no more calls. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Does a task. Throws what it failed with. */
  call<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    { signal, onNote }: Listening<Name>,
  ): Promise<TaskOutput<Name>> {
    const call = ++this.#calls;
    const order = (given: ThreadOrder<Name>) => this.#worker.postMessage(given);
    const abort = () => order({ type: 'abort', call, reason: interruptionOf(signal) });
    return new Promise<TaskOutput<Name>>((resolve, reject) => {
      this.#answers.on(String(call), (news: ThreadNews<Name>) => {
        if (news.type === 'note') return onNote?.(news.note);
        this.#answers.removeAllListeners(String(call));
        signal?.removeEventListener('abort', abort);
        return news.type === 'done' ? resolve(news.output) : reject(errorOf(news));
      });
      order({ type: 'call', call, task, input });
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Finishes what it is at, closes what it has open, and ends it. */
  async close(): Promise<void> {
    if (!this.#isOver) this.#worker.postMessage({ type: 'close' } satisfies ThreadOrder);
    await this.#ended;
  }

  #failAll({ message, stack }: Error): void {
    for (const name of this.#answers.eventNames()) {
      const news: ThreadFailure = { type: 'failed', call: Number(name), summary: undefined, message, stack };
      this.#answers.emit(name, news);
    }
  }
}

function interruptionOf(signal: AbortSignal | undefined): Interruption {
  const reason: unknown = signal?.reason;
  return reason === 'SIGINT' || reason === 'SIGTERM' ? reason : 'reader-gone';
}

/** The error as it would have been thrown in this thread. */
function errorOf({ summary, message, stack }: ThreadFailure): Error {
  const error = summary ? new AuditError(summary.code, summary.message, summary.hint) : new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
