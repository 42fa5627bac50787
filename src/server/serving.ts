import type { TaskInput, TaskName, TaskOutput } from '../threads/tasks/index.ts';
import type { Listening } from '../threads/thread.ts';
import { ThreadPool } from '../threads/thread-pool.ts';
import type { ServerOptions } from './server-options.ts';

/** More threads would have no processor to run on beside the others. */
const READERS = 2;

/** What routes work with. Nothing of SQLite is done in the thread that answers requests. */
export class Serving {
  readonly options: ServerOptions;
  /** Answer questions. */
  readonly readers: ThreadPool;
  /** Writes record by record, one request after the other. */
  readonly writer: ThreadPool;
  readonly #jobs = new Set<Promise<unknown>>();

  constructor(options: ServerOptions) {
    this.options = options;
    this.readers = new ThreadPool(options.settings, READERS);
    this.writer = new ThreadPool(options.settings, 1);
  }

  /** Does a task that takes long in a thread of its own, which ends with it. */
  alone<Name extends TaskName>(
    name: Name,
    input: TaskInput<Name>,
    listening: Listening<Name> = {},
  ): Promise<TaskOutput<Name>> {
    const thread = new ThreadPool(this.options.settings, 1);
    const work = thread.call(name, input, listening).finally(() => thread.close());
    this.#jobs.add(work);
    const forget = () => void this.#jobs.delete(work);
    work.then(forget, forget);
    return work;
  }

  /** Has readers and writer open the graph anew: it has become another one. What they are at is finished. */
  async reopen(): Promise<void> {
    await Promise.all([this.readers.close(), this.writer.close()]);
  }

  /** Ends all threads when they have finished what they are at. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#jobs, this.readers.close(), this.writer.close()]);
  }
}
